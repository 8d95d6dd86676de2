package io.tokenwarden.auth.vault.kek;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.vault.VaultConfig;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The key that `TOKENWARDEN_VAULT_KEYSET` refers to, tried at start.
@Startup
@ApplicationScoped
public class OperatorKey implements KeyEncryptionKey {
  private static final Logger LOG = Logger.getLogger(OperatorKey.class);
  private static final Duration AT_START = Duration.ofSeconds(20);
  private static final byte[] PROBE = "tokenwarden/probe/v1".getBytes(StandardCharsets.US_ASCII);

  private final KeyEncryptionKey key;
  private volatile boolean hasAnswered;
  private volatile boolean away;

  /// @throws IllegalStateException if the reference is wrong, or leads to no usable key
  @Inject
  OperatorKey(VaultConfig config, Vertx vertx, Clock clock) {
    this(
        config.keyset(),
        new References(vertx, clock, name -> Optional.ofNullable(System.getenv(name))));
  }

  OperatorKey(String reference, References references) {
    try {
      this.key = references.find(reference);
      prove().await().atMost(AT_START);
    } catch (KekException e) {
      // no cause: the message is all that may be said
      throw new IllegalStateException("TOKENWARDEN_VAULT_KEYSET: " + e.getMessage());
    }
  }

  /// Wraps and unwraps. A key that is away is not refused, it only has not answered yet.
  Uni<Void> prove() {
    return observed(
            primary()
                .chain(() -> key.wrap(PROBE, PROBE))
                .chain(wrapped -> key.unwrap(wrapped.bytes(), PROBE)))
        .replaceWithVoid()
        .onFailure(KekUnavailableException.class)
        .recoverWithNull();
  }

  /// Whether it has ever answered this process.
  boolean hasAnswered() {
    return hasAnswered;
  }

  /// Whether it was away when it was last asked.
  boolean isAway() {
    return away;
  }

  @Override
  public Uni<String> primary() {
    return observed(key.primary());
  }

  @Override
  public Uni<WrappedKey> wrap(byte[] plain, byte[] binding) {
    return observed(key.wrap(plain, binding));
  }

  @Override
  public Uni<byte[]> unwrap(byte[] wrapped, byte[] binding) {
    return observed(key.unwrap(wrapped, binding));
  }

  private <T> Uni<T> observed(Uni<T> answer) {
    return answer
        .invoke(this::answered)
        .onFailure(KekUnavailableException.class)
        .invoke(this::lost);
  }

  private void answered() {
    hasAnswered = true;
    away = false;
  }

  private void lost(Throwable failure) {
    if (!away) {
      LOG.warnf("The operator's key is away. %s", failure.getMessage());
    }
    away = true;
  }
}
