package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// What notifier announces: that a person was told of a cause, or that it is over.
public sealed interface NotificationEvent extends Event {

  /// How much it matters.
  enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /// Whether the cause still stands.
  enum State {
    OPEN,
    RESOLVED
  }

  /// @param connectionId the connection it concerns; null if none
  /// @param recipients who was told, by a name that reveals no address
  /// @param deliveries how many deliveries were made
  record NotificationRaised(
      String notificationId,
      WorkspaceId workspaceId,
      ConnectionId connectionId,
      NotificationKind kind,
      Severity severity,
      State state,
      List<String> recipients,
      int deliveries,
      Instant occurredAt)
      implements NotificationEvent {
    public NotificationRaised {
      requireNonNull(notificationId, "notificationId");
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(kind, "kind");
      requireNonNull(severity, "severity");
      requireNonNull(state, "state");
      requireNonNull(occurredAt, "occurredAt");
      recipients = List.copyOf(recipients);
    }

    @Override
    public Topic topic() {
      return Topic.NOTIFICATION_RAISED;
    }

    @Override
    public String key() {
      return notificationId;
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
