package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalLong;

/// What auth-service announces about a Meta app. It is said once, however many connections it
/// concerns: consumers join them by their `appId`.
///
/// The workspace is the one that owns the app, or [#OPERATORS] for the managed app.
public sealed interface AppEvent extends Event, Revised {
  /// What concerns no workspace is the operators'.
  WorkspaceId OPERATORS = WorkspaceId.of("*");

  String appId();

  /// Of the app's standing.
  @Override
  long revision();

  @Override
  default String key() {
    return appId();
  }

  @Override
  default OptionalLong generationHeader() {
    return OptionalLong.empty();
  }

  @Override
  default OptionalLong revisionHeader() {
    return OptionalLong.of(revision());
  }

  /// Meta turns away every call of this app. The tokens live on.
  record AppBlocked(
      WorkspaceId workspaceId,
      String appId,
      long revision,
      Instant occurredAt,
      GraphErrorInfo graphError)
      implements AppEvent {
    public AppBlocked {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(appId, "appId");
      requireNonNull(occurredAt, "occurredAt");
    }

    @Override
    public Topic topic() {
      return Topic.APP_BLOCKED;
    }
  }

  /// Meta serves the app again.
  ///
  /// @param graphError what Meta had said while it did not
  record AppRestored(
      WorkspaceId workspaceId,
      String appId,
      long revision,
      Instant occurredAt,
      GraphErrorInfo graphError)
      implements AppEvent {
    public AppRestored {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(appId, "appId");
      requireNonNull(occurredAt, "occurredAt");
    }

    @Override
    public Topic topic() {
      return Topic.APP_RESTORED;
    }
  }
}
