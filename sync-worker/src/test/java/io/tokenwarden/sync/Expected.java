package io.tokenwarden.sync;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.sync.health.Cover;
import io.tokenwarden.sync.health.Readability;
import io.tokenwarden.sync.health.Readability.Unreadable;
import io.tokenwarden.sync.schedule.Schedule;
import io.tokenwarden.sync.schedule.ScheduleState;
import io.tokenwarden.testsupport.history.History;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a schedule has to be at the end of a history, read off what was announced last.
public final class Expected {
  private Expected() {}

  /// In the words of [#described(Optional)].
  public static String of(History history, AdAccountId account) {
    var covers = covers(history, account);
    if (covers.isEmpty()) {
      return "none";
    }
    return covers.stream()
        .filter(cover -> canRead(cover.connection(), cover.account()))
        .map(cover -> cover.connection().connectionId())
        .min(Comparator.comparing(ConnectionId::value))
        .map(via -> described(ScheduleState.RUNNING, Optional.of(via), List.of()))
        .orElseGet(() -> described(ScheduleState.BLOCKED, Optional.empty(), causes(covers)));
  }

  private static List<Cover> covers(History history, AdAccountId account) {
    return history.assets().stream()
        .filter(asset -> asset.assetId().equals(account.digits()))
        .flatMap(asset ->
            history.connections().stream()
                .filter(state -> state.connectionId().equals(asset.connectionId()))
                .map(state -> new Cover(state, asset)))
        .toList();
  }

  /// Whether insights of the account may be asked for with the connection's token.
  public static boolean canRead(ConnectionState connection, AssetState account) {
    var health = connection.health();
    return account.available()
        && health.lifecycle() == Lifecycle.CONNECTED
        && health.tokenStatus() == TokenStatus.ACTIVE
        && health.can(Capability.READ_INSIGHTS)
        && health.condition(ConditionKind.CHECKPOINT).isEmpty();
  }

  /// Which cause follows from what is [the derivation's own matter][Readability].
  private static List<Condition> causes(Collection<Cover> covers) {
    return Readability.of(covers) instanceof Unreadable(var causes) ? causes : List.of();
  }

  public static String described(Optional<Schedule> schedule) {
    return schedule
        .map(found -> described(found.visibleState(), found.via(), found.causes()))
        .orElse("none");
  }

  private static String described(
      ScheduleState state, Optional<ConnectionId> via, List<Condition> causes) {
    return state + " via " + via + " because of " + causes;
  }
}
