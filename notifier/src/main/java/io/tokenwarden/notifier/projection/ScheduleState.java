package io.tokenwarden.notifier.projection;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.Revised;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleBlocked;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleResumed;
import io.tokenwarden.contracts.WorkspaceId;
import java.util.List;

/// Whether the schedule of an ad account runs.
///
/// @param causes why it is blocked; empty while it runs
public record ScheduleState(
    WorkspaceId workspaceId, AdAccountId adAccountId, long revision, List<Condition> causes)
    implements Revised {
  public ScheduleState {
    causes = List.copyOf(causes);
  }

  public static ScheduleState of(ScheduleEvent event) {
    return switch (event) {
      case ScheduleBlocked blocked ->
          new ScheduleState(
              blocked.workspaceId(), blocked.adAccountId(), blocked.revision(), blocked.causes());
      case ScheduleResumed resumed ->
          new ScheduleState(
              resumed.workspaceId(), resumed.adAccountId(), resumed.revision(), List.of());
    };
  }

  /// A blocked schedule always names its causes.
  public boolean blocked() {
    return !causes.isEmpty();
  }
}
