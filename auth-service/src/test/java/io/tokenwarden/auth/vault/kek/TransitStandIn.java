package io.tokenwarden.auth.vault.kek;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// HashiCorp Vault's Transit engine as its API documents it, with one key of type `aes256-gcm96`:
/// read, rotate, encrypt, decrypt. Real HTTP, real AES.
final class TransitStandIn implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final HttpServer server;
  private final String token;
  private final String key;
  private final List<byte[]> versions = new ArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile int refusal;

  TransitStandIn(String token, String key) {
    this.token = token;
    this.key = key;
    rotate();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The next version becomes the latest.
  synchronized void rotate() {
    var next = new byte[32];
    RANDOM.nextBytes(next);
    versions.add(next);
  }

  /// From now on every answer has this status; 0: as usual.
  void refuse(int status) {
    refusal = status;
  }

  /// The paths asked for so far.
  List<String> calls() {
    return List.copyOf(calls);
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.add(exchange.getRequestURI().getPath());
    var body = new String(exchange.getRequestBody().readAllBytes());
    var answer = answer(exchange, body);
    var bytes = answer.body().encode().getBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private record Answer(int status, JsonObject body) {
    static Answer data(JsonObject data) {
      return new Answer(200, new JsonObject().put("data", data));
    }

    static Answer error(int status, String... errors) {
      return new Answer(status, new JsonObject().put("errors", new JsonArray(List.of(errors))));
    }
  }

  private synchronized Answer answer(HttpExchange exchange, String body) {
    if (refusal != 0) {
      return Answer.error(refusal, "as the test wants it");
    }
    if (!token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      return Answer.error(403, "permission denied");
    }
    var path = exchange.getRequestURI().getPath();
    if (path.equals("/v1/transit/keys/" + key) && exchange.getRequestMethod().equals("GET")) {
      return Answer.data(
          new JsonObject()
              .put("name", key)
              .put("type", "aes256-gcm96")
              .put("derived", false)
              .put("latest_version", versions.size()));
    }
    if (path.equals("/v1/transit/encrypt/" + key)) {
      return encrypted(new JsonObject(body));
    }
    if (path.equals("/v1/transit/decrypt/" + key)) {
      return decrypted(new JsonObject(body));
    }
    return Answer.error(404);
  }

  private Answer encrypted(JsonObject request) {
    var nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    var cipher = crypt(Cipher.ENCRYPT_MODE, versions.size(), nonce, request, "plaintext");
    var both = Arrays.copyOf(nonce, NONCE + cipher.length);
    System.arraycopy(cipher, 0, both, NONCE, cipher.length);
    var text = "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(both);
    return Answer.data(
        new JsonObject().put("ciphertext", text).put("key_version", versions.size()));
  }

  private Answer decrypted(JsonObject request) {
    var parts = request.getString("ciphertext").split(":");
    var version = Integer.parseInt(parts[1].substring(1));
    var both = Base64.getDecoder().decode(parts[2]);
    var cipher = Base64.getEncoder().encodeToString(Arrays.copyOfRange(both, NONCE, both.length));
    try {
      var plain =
          crypt(
              Cipher.DECRYPT_MODE,
              version,
              Arrays.copyOf(both, NONCE),
              request.copy().put("ciphertext", cipher),
              "ciphertext");
      return Answer.data(
          new JsonObject().put("plaintext", Base64.getEncoder().encodeToString(plain)));
    } catch (IllegalArgumentException _) {
      return Answer.error(400, "cipher: message authentication failed");
    }
  }

  private byte[] crypt(int mode, int version, byte[] nonce, JsonObject request, String member) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(versions.get(version - 1), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(Base64.getDecoder().decode(request.getString("associated_data", "")));
      return cipher.doFinal(Base64.getDecoder().decode(request.getString(member)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
