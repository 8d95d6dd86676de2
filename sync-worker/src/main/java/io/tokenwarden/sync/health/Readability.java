package io.tokenwarden.sync.health;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsFirst;

import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Whether the insights of an ad account can be read, as a function of the merged states of the
/// connections that cover it and of nothing else: whatever the order in which these states were
/// learned, the answer is the same.
public sealed interface Readability {

  /// It can.
  ///
  /// @param connection to read through: of those that can, the one with the smallest id
  record ReadableVia(ConnectionId connection) implements Readability {}

  /// No connection can.
  ///
  /// @param causes what is wrong with each, never empty, in an order of their own
  record Unreadable(List<Condition> causes) implements Readability {}

  /// No connection covers the account as far as we know yet.
  record Unknown() implements Readability {}

  Comparator<Condition> ORDER =
      comparing((Condition cause) -> cause.connectionId().value())
          .thenComparing(Condition::condition)
          .thenComparing(Condition::reason, nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Condition::subject, nullsFirst(Comparator.naturalOrder()));

  static Readability of(Collection<Cover> covers) {
    if (covers.isEmpty()) {
      return new Unknown();
    }
    return covers.stream()
        .filter(cover -> causes(cover).isEmpty())
        .map(cover -> cover.connection().connectionId())
        .min(comparing(ConnectionId::value))
        .<Readability>map(ReadableVia::new)
        .orElseGet(() -> unreadable(covers));
  }

  /// Of a connection that was ended nobody needs to hear while another is in use.
  private static Readability unreadable(Collection<Cover> covers) {
    var inUse = covers.stream().filter(Readability::isInUse).toList();
    return new Unreadable(
        (inUse.isEmpty() ? covers : inUse)
            .stream().flatMap(cover -> causes(cover).stream()).sorted(ORDER).toList());
  }

  private static boolean isInUse(Cover cover) {
    return cover.connection().health().lifecycle() == Lifecycle.CONNECTED;
  }

  /// What keeps this connection from reading the account; empty if nothing does. Whatever was wrong
  /// with one that was ended, it is ended that matters.
  private static List<Condition> causes(Cover cover) {
    var state = cover.connection();
    if (!isInUse(cover)) {
      return List.of(cause(state, ConditionKind.RECONNECT_REQUIRED, null, Remedy.RECONNECT));
    }
    var named =
        Stream.concat(
                state.health().conditions().stream().filter(c -> blocks(c, state.health())),
                Stream.ofNullable(cover.account().cause()))
            .toList();
    return named.isEmpty() && !isGoodForReading(state) ? List.of(unnamed(state)) : named;
  }

  private static boolean isGoodForReading(ConnectionState state) {
    return state.health().tokenStatus() == TokenStatus.ACTIVE
        && state.health().can(Capability.READ_INSIGHTS);
  }

  /// Whether a condition of the connection blocks reading. About the account itself, its own state
  /// tells, which is the newer and complete one: what stands in both is one cause.
  private static boolean blocks(Condition condition, Health health) {
    return switch (condition.condition()) {
      case AUTH_EXPIRED, RECONNECT_REQUIRED, CHECKPOINT -> true;
      case MISSING_SCOPE -> !health.can(Capability.READ_INSIGHTS);
      case AD_ACCOUNT_UNAVAILABLE, PIXEL_UNAVAILABLE, BLOCKED_BY_META, EXPIRING -> false;
    };
  }

  /// The state of a connection in use says that it cannot read, but not why.
  private static Condition unnamed(ConnectionState state) {
    var health = state.health();
    return switch (health.tokenStatus()) {
      case EXPIRED -> cause(state, ConditionKind.AUTH_EXPIRED, null, Remedy.RECONNECT);
      case INACTIVE -> cause(state, ConditionKind.RECONNECT_REQUIRED, null, Remedy.RECONNECT);
      case ACTIVE -> cause(state, ConditionKind.MISSING_SCOPE, "ads_read", Remedy.GRANT_SCOPES);
    };
  }

  private static Condition cause(
      ConnectionState state, ConditionKind kind, String subject, Remedy remedy) {
    return new Condition(
        kind, null, subject, state.connectionId(), remedy, state.occurredAt(), null);
  }
}
