package io.tokenwarden.auth.vault.kek;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;
import java.util.function.Supplier;

/// The operator's key in HashiCorp Vault, which it never leaves: Vault wraps and unwraps. Its
/// latest version is the primary; a version's id is `name:v3`. The binding goes as
/// `associated_data`, and as `context` too, which a key that derives others asks for.
///
/// A key is wrapped anew by unwrapping and wrapping it: Vault's own `rewrap` takes no
/// `associated_data`.
///
/// After Vault did not answer, it is left alone for a second: who waits in vain holds a database
/// connection.
///
/// See [Transit secrets engine
/// (API)](https://developer.hashicorp.com/vault/api-docs/secret/transit).
final class TransitKek implements KeyEncryptionKey {
  static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration REST = Duration.ofSeconds(1);

  private final TransitReference reference;
  private final Supplier<Uni<String>> token;
  private final WebClient http;
  private final Clock clock;
  private volatile Instant leftAloneUntil = Instant.MIN;

  /// @param token asked once for every call: whoever renews it writes it anew
  TransitKek(TransitReference reference, Supplier<Uni<String>> token, Vertx vertx, Clock clock) {
    this.reference = reference;
    this.token = token;
    this.clock = clock;
    this.http =
        WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false).setMaxPoolSize(8));
  }

  @Override
  public Uni<String> primary() {
    return send(http.getAbs(reference.url("keys")), HttpRequest::send)
        .map(data -> id(data.getInteger("latest_version")));
  }

  @Override
  public Uni<WrappedKey> wrap(byte[] key, byte[] binding) {
    return post("encrypt", bound(binding).put("plaintext", encoded(key)))
        .map(data -> data.getString("ciphertext"))
        .map(text -> new WrappedKey(idIn(text), text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public Uni<byte[]> unwrap(byte[] wrapped, byte[] binding) {
    var ciphertext = new String(wrapped, StandardCharsets.US_ASCII);
    idIn(ciphertext);
    return post("decrypt", bound(binding).put("ciphertext", ciphertext))
        .map(data -> Base64.getDecoder().decode(data.getString("plaintext")));
  }

  private static JsonObject bound(byte[] binding) {
    return new JsonObject()
        .put("associated_data", encoded(binding))
        .put("context", encoded(binding));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// A ciphertext of Vault's is `vault:v3:` and then Base64.
  private String idIn(String ciphertext) {
    var parts = ciphertext == null ? new String[0] : ciphertext.split(":", 3);
    if (parts.length != 3 || !parts[0].equals("vault") || !parts[1].matches("v\\d{1,9}")) {
      throw new KekException("This was not wrapped by HashiCorp Vault");
    }
    return reference.key() + ":" + parts[1];
  }

  private String id(Integer version) {
    if (version == null) {
      throw new KekException("Vault does not tell the latest version of " + reference);
    }
    return reference.key() + ":v" + version;
  }

  private Uni<JsonObject> post(String operation, JsonObject body) {
    return send(http.postAbs(reference.url(operation)), request -> request.sendJsonObject(body));
  }

  private Uni<JsonObject> send(
      HttpRequest<Buffer> request,
      Function<HttpRequest<Buffer>, Uni<HttpResponse<Buffer>>> sending) {
    if (clock.instant().isBefore(leftAloneUntil)) {
      return Uni.createFrom().failure(away("did not answer a moment ago"));
    }
    return token
        .get()
        .map(secret -> authorised(request, secret))
        .chain(ready ->
            sending.apply(ready).onFailure().transform(_ -> silent()).map(this::understood));
  }

  private HttpRequest<Buffer> authorised(HttpRequest<Buffer> request, String secret) {
    request.timeout(PATIENCE.toMillis()).putHeader("X-Vault-Token", secret.strip());
    if (reference.namespace() != null) {
      request.putHeader("X-Vault-Namespace", reference.namespace());
    }
    return request;
  }

  private KekUnavailableException silent() {
    leftAloneUntil = clock.instant().plus(REST);
    return away("does not answer");
  }

  /// Vault says 400 for what does not unwrap and for a key of the wrong kind, 403 for a token that
  /// may not, 404 for a key that is not there; 429, 5xx and 412 are over some time.
  private JsonObject understood(HttpResponse<Buffer> response) {
    return switch (response.statusCode()) {
      case 200 -> data(response);
      case 400, 403, 404, 405 ->
          throw new KekException(
              "Vault refuses " + reference + " with HTTP " + response.statusCode());
      default -> throw away("answers HTTP " + response.statusCode());
    };
  }

  private JsonObject data(HttpResponse<Buffer> response) {
    try {
      var data = response.bodyAsJsonObject().getJsonObject("data");
      if (data != null) {
        return data;
      }
    } catch (DecodeException | ClassCastException | NullPointerException _) {
      // said below, without the answer
    }
    throw away("answers, but not as Vault does");
  }

  private KekUnavailableException away(String how) {
    return new KekUnavailableException("Vault " + how + ": " + reference);
  }
}
