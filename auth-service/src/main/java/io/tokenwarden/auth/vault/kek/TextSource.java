package io.tokenwarden.auth.vault.kek;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Function;

/// Text that the operator put into a file or an environment variable.
final class TextSource {
  private static final String FILE = "file:";
  private static final String ENV = "env:";

  private final String reference;
  private final Vertx vertx;
  private final Function<String, Optional<String>> environment;

  /// @param reference `file:/path` or `env:NAME`
  TextSource(String reference, Vertx vertx, Function<String, Optional<String>> environment) {
    this.reference = reference;
    this.vertx = vertx;
    this.environment = environment;
  }

  /// What is there now. Fails with [KekException] if there is nothing; the message names the place.
  Uni<String> read() {
    if (reference.startsWith(FILE)) {
      return vertx
          .fileSystem()
          .readFile(reference.substring(FILE.length()))
          .map(Buffer::toString)
          .onFailure()
          .transform(_ -> nothing());
    }
    return environment
        .apply(reference.substring(ENV.length()))
        .map(text -> Uni.createFrom().item(text))
        .orElseGet(() -> Uni.createFrom().failure(nothing()));
  }

  private KekException nothing() {
    return new KekException("There is nothing to read at " + reference);
  }

  @Override
  public String toString() {
    return reference;
  }
}
