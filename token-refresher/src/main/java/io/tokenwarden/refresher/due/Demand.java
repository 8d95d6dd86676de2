package io.tokenwarden.refresher.due;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is to be done for a connection and when, as a function of its merged state and of nothing
/// else: whatever the order in which states were learned, and after the loss of all that was
/// planned, the answer is the same.
///
/// @param window how long before its end a token is refreshed
/// @param spread over which time connections that would be due together are spread; each has its
///   place in it for good, by its id
record Demand(Duration window, Duration spread) {

  /// At most one of a kind; nothing if its token is dead or the connection was ended.
  List<Wanted> of(ConnectionState state) {
    return isAlive(state.health())
        ? Stream.of(Optional.of(check(state)), refresh(state), rotation(state))
            .flatMap(Optional::stream)
            .toList()
        : List.of();
  }

  private static boolean isAlive(Health health) {
    return health.lifecycle() == Lifecycle.CONNECTED && health.tokenStatus() == TokenStatus.ACTIVE;
  }

  private static Wanted check(ConnectionState state) {
    return new Wanted(WorkKind.ACCESS_CHECK, state.generation(), Instant.EPOCH);
  }

  /// Whatever the kind of token, its end decides. Page tokens cannot be exchanged.
  private Optional<Wanted> refresh(ConnectionState state) {
    return Optional.ofNullable(state.health().expiresAt())
        .filter(_ -> state.tokenType() != TokenType.PAGE)
        .map(end -> end.minus(window).plus(place(state.connectionId())))
        .map(from -> new Wanted(WorkKind.REFRESH, state.generation(), from));
  }

  /// auth-service, which knows how old a token may get, says two weeks ahead when that is. What is
  /// not a system user's only a person can replace.
  private Optional<Wanted> rotation(ConnectionState state) {
    return state.health().conditions().stream()
        .filter(_ -> state.tokenType() == TokenType.SYSTEM_USER)
        .filter(condition -> condition.condition() == ConditionKind.EXPIRING)
        .filter(condition -> ExpiryClock.ROTATION_POLICY.name().equals(condition.subject()))
        .map(Condition::until)
        .findFirst()
        .map(end -> end.plus(place(state.connectionId())))
        .map(from -> new Wanted(WorkKind.ROTATION, state.generation(), from));
  }

  /// Ids are random, so that every moment gets as many as every other.
  private Duration place(ConnectionId connection) {
    long hash =
        connection.value().getLeastSignificantBits() ^ connection.value().getMostSignificantBits();
    return Duration.ofMillis(Math.floorMod(hash, Math.max(1, spread.toMillis())));
  }
}
