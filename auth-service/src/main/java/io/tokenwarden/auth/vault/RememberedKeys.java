package io.tokenwarden.auth.vault;

import io.tokenwarden.contracts.WorkspaceId;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Data keys that were unwrapped lately, by what they were unwrapped from. Whoever asks has read
/// the wrapped key just now: one that was deleted is therefore of no use to anyone, remembered or
/// not.
final class RememberedKeys {
  private static final int MOST = 10_000;

  private final Map<Wrapped, Remembered> keys = new ConcurrentHashMap<>();
  private final Duration time;
  private final Clock clock;

  private record Wrapped(WorkspaceId workspace, ByteBuffer stored) {}

  private record Remembered(UnwrappedKey key, Instant until) {}

  RememberedKeys(Duration time, Clock clock) {
    this.time = time;
    this.clock = clock;
  }

  Optional<UnwrappedKey> find(WorkspaceId workspace, byte[] stored) {
    return Optional.ofNullable(keys.get(new Wrapped(workspace, ByteBuffer.wrap(stored))))
        .filter(remembered -> clock.instant().isBefore(remembered.until()))
        .map(Remembered::key);
  }

  void remember(WorkspaceId workspace, byte[] stored, UnwrappedKey key) {
    var now = clock.instant();
    keys.values().removeIf(old -> !now.isBefore(old.until()));
    if (keys.size() < MOST && time.isPositive()) {
      keys.put(
          new Wrapped(workspace, ByteBuffer.wrap(stored)), new Remembered(key, now.plus(time)));
    }
  }
}
