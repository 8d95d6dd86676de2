package io.tokenwarden.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.restassured.RestAssured;
import io.tokenwarden.testsupport.SharedParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;

/// A request whose answer is not waited for: whoever made it hangs up when it is closed.
public final class OpenCall implements AutoCloseable {
  private final Socket socket;

  private OpenCall(Socket socket) {
    this.socket = socket;
  }

  /// By somebody who operates the workspace [Acts#WORKSPACE].
  public static OpenCall asOperator(String method, String path) {
    var bearer =
        SharedParts.bearers().of("ann", List.of("viewer", "operator"), List.of(Acts.WORKSPACE));
    return made(method, path, "Authorization: Bearer " + bearer);
  }

  /// @param header such as `Cookie: a=b`
  public static OpenCall made(String method, String path, String header) {
    var request =
        """
        %s %s HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Length: 0
        %s

        """
            .formatted(method, path, header)
            .replace("\n", "\r\n");
    try {
      var socket = new Socket("localhost", RestAssured.port);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new OpenCall(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
