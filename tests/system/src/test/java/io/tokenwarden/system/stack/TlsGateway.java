package io.tokenwarden.system.stack;

import static org.awaitility.Awaitility.await;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.ChildProcess;
import io.tokenwarden.embedded.Folders;
import io.tokenwarden.embedded.Ports;
import io.tokenwarden.stack.MetaChoice;
import io.tokenwarden.stack.QuarkusApp;
import io.tokenwarden.stack.ServiceEnvironment;
import io.tokenwarden.stack.ServicePlan;
import io.tokenwarden.stack.StackFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One more replica of the running stack's gateway: it speaks TLS, with a certificate made for it.
public final class TlsGateway implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String NAME = "graph-gateway-tls";

  private final Path folder;
  private final String password = UUID.randomUUID().toString();
  private final int port = Ports.free();
  private final int plainPort = Ports.free();
  private QuarkusApp app;
  private ChildProcess process;

  private TlsGateway(Path folder) {
    this.folder = folder;
  }

  /// Starts it, and does not wait until it is ready.
  public static TlsGateway beside(RunningStack stack) {
    try {
      var gateway = new TlsGateway(Files.createTempDirectory("tokenwarden-tls-"));
      gateway.makeCertificate();
      gateway.start(stack);
      return gateway;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Starting a gateway that speaks TLS", e);
    }
  }

  /// Its address, which its certificate names.
  public URI url() {
    return URI.create("https://localhost:" + port);
  }

  /// Its address without TLS.
  public URI plainUrl() {
    return URI.create("http://localhost:" + plainPort);
  }

  /// The certificate alone, as PKCS #12.
  public Path trustStore() {
    return folder.resolve("trust.p12");
  }

  public String trustStorePassword() {
    return password;
  }

  private Path keyStore() {
    return folder.resolve("key.p12");
  }

  private void makeCertificate() throws IOException, GeneralSecurityException {
    var keytool =
        ChildProcess.start(
            new ChildProcess.Spec(
                "keytool", keytool(), Map.of(), folder, folder.resolve("keytool.log")));
    if (!keytool.awaitExit(PATIENCE) || keytool.exitCode().orElseThrow() != 0) {
      throw new IllegalStateException("keytool made no certificate\n" + keytool.tail());
    }
    var made = KeyStore.getInstance(keyStore().toFile(), password.toCharArray());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(NAME, made.getCertificate(NAME));
    try (var file = Files.newOutputStream(trustStore())) {
      trusted.store(file, password.toCharArray());
    }
  }

  private List<String> keytool() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC",
        "-genkeypair",
        "-alias",
        NAME,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-validity",
        "1",
        "-storetype",
        "PKCS12",
        "-keystore",
        keyStore().toString(),
        "-storepass",
        password);
  }

  private void start(RunningStack stack) {
    var plan = ServicePlan.of(Service.GRAPH_GATEWAY);
    app =
        new QuarkusApp(
            NAME,
            RunningStack.CHECKOUT.resolve(plan.id()).resolve("target/quarkus-app/quarkus-run.jar"),
            plan.heap(),
            plainUrl().toString(),
            "/q/health/ready",
            environment(stack, plan),
            stack.logs().resolve(NAME + ".log"));
    process = app.start();
  }

  /// Waits until it takes calls.
  ///
  /// @throws AssertionError if it ends; the message has its last log lines
  public void awaitReady() {
    await(NAME).atMost(PATIENCE).until(() -> app.isReady() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError(NAME + " ended\n" + process.tail());
    }
  }

  private Map<String, String> environment(RunningStack stack, ServicePlan plan) {
    var secrets = stack.secrets();
    var meta = new MetaChoice.Twin(secrets.metaAppId(), secrets.metaAppSecret());
    var keyset = new StackFolder(stack.data()).vaultKeyset();
    var own = new ServiceEnvironment(secrets, keyset, meta, Map.of());
    var all = new HashMap<>(own.of(plan, plainPort, stack.neighbours(url())));
    all.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(port));
    all.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE", keyStore().toString());
    all.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD", password);
    return all;
  }

  @Override
  public void close() {
    app.stop();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
