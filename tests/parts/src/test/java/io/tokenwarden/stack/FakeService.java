package io.tokenwarden.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Stands for a packaged service: it listens where it is told, is ready at once, and tells the
/// value of a variable when asked for `/env/NAME`.
public final class FakeService {

  private FakeService() {}

  /// Makes a jar that runs it.
  static void pack(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var classFile = FakeService.class.getResourceAsStream("FakeService.class")) {
      out.putNextEntry(new JarEntry(FakeService.class.getName().replace('.', '/') + ".class"));
      classFile.transferTo(out);
    }
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    var server = HttpServer.create(address, 0);
    server.createContext(
        "/",
        exchange -> {
          var name = exchange.getRequestURI().getPath().replaceFirst("^/env/", "");
          var value = System.getenv().getOrDefault(name, "").getBytes(UTF_8);
          exchange.sendResponseHeaders(200, value.length == 0 ? -1 : value.length);
          exchange.getResponseBody().write(value);
          exchange.close();
        });
    server.start();
  }
}
