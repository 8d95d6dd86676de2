package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import java.time.Instant;
import java.util.OptionalLong;

/// What anybody but auth-service has to say about the health of a connection. It changes nothing by
/// itself: auth-service asks Meta before it believes it.
public sealed interface EvidenceEvent extends Event {

  /// A call made with this generation, seen at this revision, failed in a way that casts doubt on
  /// the token, its permissions, the asset, or the app.
  ///
  /// @param endpoint the path that was called, without its query
  /// @param assetId the asset the path names; null if none
  /// @param suspicion what it gives reason to ask about; null, as older writers left it, means the
  ///   token
  record TokenSuspected(
      WorkspaceId workspaceId,
      ConnectionId connectionId,
      long generation,
      long revision,
      String appId,
      String metaUserId,
      TokenType tokenType,
      Instant occurredAt,
      ErrorCategory category,
      GraphErrorInfo graphError,
      String endpoint,
      String assetId,
      Suspicion suspicion)
      implements EvidenceEvent {
    public TokenSuspected {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(connectionId, "connectionId");
      requireNonNull(appId, "appId");
      requireNonNull(occurredAt, "occurredAt");
      requireNonNull(category, "category");
      requireNonNull(graphError, "graphError");
      suspicion = suspicion == null ? Suspicion.TOKEN : suspicion;
      Fences.check(generation, revision);
    }

    @Override
    public Topic topic() {
      return Topic.TOKEN_SUSPECTED;
    }

    @Override
    public String key() {
      return connectionId.toString();
    }

    @Override
    public OptionalLong generationHeader() {
      return OptionalLong.of(generation);
    }

    @Override
    public OptionalLong revisionHeader() {
      return OptionalLong.of(revision);
    }
  }
}
