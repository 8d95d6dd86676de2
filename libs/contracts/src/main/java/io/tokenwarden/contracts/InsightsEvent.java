package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;

/// What sync-worker announces about stored insights.
public sealed interface InsightsEvent extends Event {

  /// The rows of these account-local days were read and stored. Of several, the latest `readAt`
  /// wins per ad account, level and day.
  ///
  /// @param from first day, inclusive
  /// @param to last day, inclusive
  /// @param isFinal whether Meta restates none of these days any more
  record InsightsSynced(
      WorkspaceId workspaceId,
      AdAccountId adAccountId,
      InsightsLevel level,
      LocalDate from,
      LocalDate to,
      int rows,
      @JsonProperty("final") boolean isFinal,
      Instant readAt,
      Instant occurredAt)
      implements InsightsEvent {
    public InsightsSynced {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(adAccountId, "adAccountId");
      requireNonNull(level, "level");
      requireNonNull(from, "from");
      requireNonNull(to, "to");
      requireNonNull(readAt, "readAt");
      requireNonNull(occurredAt, "occurredAt");
    }

    @Override
    public Topic topic() {
      return Topic.INSIGHTS_SYNCED;
    }

    @Override
    public String key() {
      return workspaceId + "/" + adAccountId;
    }

    @Override
    public OptionalLong generationHeader() {
      return OptionalLong.empty();
    }

    @Override
    public OptionalLong revisionHeader() {
      return OptionalLong.empty();
    }
  }
}
