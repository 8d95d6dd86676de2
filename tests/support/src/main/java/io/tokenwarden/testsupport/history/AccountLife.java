package io.tokenwarden.testsupport.history;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleBlocked;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleResumed;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// What sync-worker says about one ad account.
final class AccountLife {
  private final Random random;
  private final WorkspaceId workspace;
  private final AdAccountId id;
  private final List<Event> announced;
  private ScheduleEvent schedule;
  private Instant syncedAt;

  AccountLife(Random random, WorkspaceId workspace, AdAccountId id, List<Event> announced) {
    this.random = random;
    this.workspace = workspace;
    this.id = id;
    this.announced = announced;
  }

  void step(Instant now, ConnectionId connection) {
    switch (random.nextInt(3)) {
      case 0 -> schedule(blocked(now, connection));
      case 1 -> schedule(resumed(now, connection));
      default -> synced(now);
    }
  }

  private void schedule(ScheduleEvent event) {
    schedule = event;
    announced.add(event);
  }

  private ScheduleBlocked blocked(Instant now, ConnectionId connection) {
    var cause =
        new Condition(
            ConditionKind.AUTH_EXPIRED,
            Reason.EXPIRED,
            null,
            connection,
            Remedy.RECONNECT,
            now,
            null);
    return new ScheduleBlocked(
        workspace, id, nextRevision(), now, List.of(cause), day(now).minusDays(1));
  }

  private ScheduleResumed resumed(Instant now, ConnectionId connection) {
    return new ScheduleResumed(
        workspace, id, nextRevision(), now, day(now).minusDays(1), day(now), connection);
  }

  private long nextRevision() {
    return schedule == null ? 1 : schedule.revision() + 1;
  }

  private void synced(Instant now) {
    syncedAt = now;
    announced.add(
        new InsightsSynced(
            workspace, id, InsightsLevel.ACCOUNT, day(now), day(now), 1, false, now, now));
  }

  private static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  AdAccountId id() {
    return id;
  }

  Optional<ScheduleEvent> schedule() {
    return Optional.ofNullable(schedule);
  }

  static Map<AdAccountId, Instant> syncedAt(List<AccountLife> accounts) {
    var synced = new LinkedHashMap<AdAccountId, Instant>();
    accounts.stream()
        .filter(account -> account.syncedAt != null)
        .forEach(account -> synced.put(account.id, account.syncedAt));
    return synced;
  }
}
