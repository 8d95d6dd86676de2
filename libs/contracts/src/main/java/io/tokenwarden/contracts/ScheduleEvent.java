package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/// What sync-worker announces about the schedule of one ad account of one workspace.
public sealed interface ScheduleEvent extends Event, Revised {

  AdAccountId adAccountId();

  /// Of the schedule.
  @Override
  long revision();

  @Override
  default String key() {
    return workspaceId() + "/" + adAccountId();
  }

  @Override
  default OptionalLong generationHeader() {
    return OptionalLong.empty();
  }

  @Override
  default OptionalLong revisionHeader() {
    return OptionalLong.of(revision());
  }

  /// No connection of the workspace can read the ad account any more.
  ///
  /// @param syncedThrough the last account-local day that was read before; null if none was
  record ScheduleBlocked(
      WorkspaceId workspaceId,
      AdAccountId adAccountId,
      long revision,
      Instant occurredAt,
      List<Condition> causes,
      LocalDate syncedThrough)
      implements ScheduleEvent {
    public ScheduleBlocked {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(adAccountId, "adAccountId");
      requireNonNull(occurredAt, "occurredAt");
      causes = List.copyOf(causes);
      if (causes.isEmpty()) {
        throw new IllegalArgumentException("a blocked schedule always names its cause");
      }
    }

    @Override
    public Topic topic() {
      return Topic.SCHEDULE_BLOCKED;
    }
  }

  /// The cause is gone and the schedule runs again.
  ///
  /// @param gapFrom the first account-local day that is read again to close the gap
  /// @param gapTo the last such day
  /// @param viaConnectionId the connection it now reads through
  record ScheduleResumed(
      WorkspaceId workspaceId,
      AdAccountId adAccountId,
      long revision,
      Instant occurredAt,
      LocalDate gapFrom,
      LocalDate gapTo,
      ConnectionId viaConnectionId)
      implements ScheduleEvent {
    public ScheduleResumed {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(adAccountId, "adAccountId");
      requireNonNull(occurredAt, "occurredAt");
      requireNonNull(gapFrom, "gapFrom");
      requireNonNull(gapTo, "gapTo");
      requireNonNull(viaConnectionId, "viaConnectionId");
    }

    @Override
    public Topic topic() {
      return Topic.SCHEDULE_RESUMED;
    }
  }
}
