package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalLong;

/// What graph-gateway has learnt of Meta's quotas.
public sealed interface QuotaEvent extends Event {

  /// A quota is used up, or nearly. Of several about the same scope, the latest end of a hold
  /// counts, in whatever order they come.
  ///
  /// @param workspaceId `*`, unless the quota is that of an ad account or another object: then the
  ///   workspace whose call found it used up. Others may use the same quota
  /// @param scope as [io.tokenwarden.graph.quota.QuotaScope] writes it
  /// @param holdUntil until when nobody is to use it; null if it may still be used
  /// @param utilization percent of it that is used, as Meta tells; above 100 at times, null if not
  ///   told
  /// @param graphError the failure that told; null if it was told by a header of an answer
  record GraphThrottled(
      WorkspaceId workspaceId,
      String scope,
      Instant holdUntil,
      Double utilization,
      GraphErrorInfo graphError,
      Instant occurredAt)
      implements QuotaEvent {
    public GraphThrottled {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(scope, "scope");
      requireNonNull(occurredAt, "occurredAt");
    }

    @Override
    public Topic topic() {
      return Topic.GRAPH_THROTTLED;
    }

    @Override
    public String key() {
      return scope;
    }

    /// It outlives tokens and is that of many.
    @Override
    public OptionalLong generationHeader() {
      return OptionalLong.empty();
    }

    /// [#holdUntil] puts them in order.
    @Override
    public OptionalLong revisionHeader() {
      return OptionalLong.empty();
    }
  }
}
