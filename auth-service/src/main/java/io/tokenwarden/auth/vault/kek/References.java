package io.tokenwarden.auth.vault.kek;

import io.vertx.mutiny.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Finds the key that a reference names. One more kind of key is one more case here.
final class References {
  private static final Duration AT_START = Duration.ofSeconds(10);

  private static final String BUILT_IN = "file:, env: and vault-transit: are built in";

  private final Vertx vertx;
  private final Clock clock;
  private final Function<String, Optional<String>> environment;

  References(Vertx vertx, Clock clock, Function<String, Optional<String>> environment) {
    this.vertx = vertx;
    this.clock = clock;
    this.environment = environment;
  }

  /// Blocks: for start.
  ///
  /// @throws KekException if the reference is wrong; the message repeats no more of it than the
  ///   scheme and where it leads
  KeyEncryptionKey find(String reference) {
    var scheme = reference.replaceFirst(":.*", "");
    return switch (scheme) {
      case "file", "env" -> keyset(new TextSource(reference, vertx, environment));
      case "vault-transit" -> transit(reference.substring("vault-transit:".length()));
      case "aws-kms", "gcp-kms", "azure-kv" ->
          throw new KekException("The scheme '" + scheme + ":' is not built in; " + BUILT_IN);
      default -> throw new KekException("The reference must begin with its scheme; " + BUILT_IN);
    };
  }

  private KeyEncryptionKey keyset(TextSource source) {
    var json = source.read().await().atMost(AT_START);
    return new KeysetKek(json, source::read, source.toString());
  }

  private KeyEncryptionKey transit(String text) {
    var reference = TransitReference.parse(text);
    var token = new TextSource(reference.token(), vertx, environment);
    token.read().await().atMost(AT_START);
    return new TransitKek(reference, token::read, vertx, clock);
  }
}
