package io.tokenwarden.sync.http;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.health.Doubt;
import io.tokenwarden.sync.schedule.Schedule;
import io.tokenwarden.sync.schedule.ScheduleState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A schedule as people see it.
///
/// @param causes why it does not run; one that waits for a verification runs on, with the cause
///   `VERIFYING`
/// @param viaConnectionId null while it is blocked
/// @param syncedThrough the last day of the account that was read at all levels; null if none was
/// @param lastFailure what the last run met, a code; null if it read all it wanted
/// @param nextRunAt null unless it is running
record ScheduleView(
    WorkspaceId workspaceId,
    AdAccountId adAccountId,
    String timezone,
    long revision,
    ScheduleState state,
    List<Cause> causes,
    ConnectionId viaConnectionId,
    LocalDate syncedThrough,
    Instant lastRunAt,
    String lastFailure,
    Instant nextRunAt) {

  static ScheduleView of(Schedule schedule, Map<ConnectionId, Doubt> doubts) {
    var running = schedule.visibleState() == ScheduleState.RUNNING;
    return new ScheduleView(
        schedule.workspace(),
        schedule.adAccount(),
        schedule.zone().getId(),
        schedule.revision(),
        schedule.visibleState(),
        causes(schedule, running ? schedule.via().map(doubts::get) : Optional.empty()),
        schedule.via().orElse(null),
        schedule.syncedThrough().orElse(null),
        schedule.lastRunAt().orElse(null),
        schedule.lastFailure().orElse(null),
        running ? schedule.nextRunAt() : null);
  }

  private static List<Cause> causes(Schedule schedule, Optional<Doubt> doubt) {
    return doubt
        .map(doubted -> List.of(Cause.of(doubted)))
        .orElseGet(() -> causes(schedule.causes()));
  }

  static List<Cause> causes(List<Condition> causes) {
    return causes.stream().map(Cause::of).toList();
  }

  /// A condition that keeps the schedule from running, or `VERIFYING`.
  record Cause(
      String condition,
      String reason,
      String subject,
      ConnectionId connectionId,
      String remedy,
      Instant since,
      Instant until) {

    static Cause of(Condition condition) {
      return new Cause(
          condition.condition().name(),
          condition.reason() == null ? null : condition.reason().name(),
          condition.subject(),
          condition.connectionId(),
          condition.remedy() == null ? null : condition.remedy().code(),
          condition.since(),
          condition.until());
    }

    static Cause of(Doubt doubt) {
      return new Cause(
          "VERIFYING", null, null, doubt.connection(), null, doubt.since(), doubt.until());
    }
  }
}
