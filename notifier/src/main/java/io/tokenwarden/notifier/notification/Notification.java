package io.tokenwarden.notifier.notification;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.NotificationEvent.NotificationRaised;
import io.tokenwarden.contracts.NotificationEvent.Severity;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What people were told of one cause. It keeps facts and no words: they are found when somebody
/// reads it, in the language of that day.
@Entity
@Table(name = "notification")
class Notification {
  /// The in-app list is the one place where everything is told.
  private static final List<String> RECIPIENTS = List.of("in-app");

  @Id
  @Column(name = "notification_id")
  private UUID id;

  @Column(name = "workspace_id")
  private String workspaceId;

  @Column(name = "connection_id")
  private UUID connectionId;

  @Column(name = "kind")
  @Enumerated(EnumType.STRING)
  private NotificationKind kind;

  @Column(name = "subject")
  private String subject;

  @Column(name = "reason")
  @Enumerated(EnumType.STRING)
  private Reason reason;

  @Column(name = "remedy")
  @Enumerated(EnumType.STRING)
  private Remedy remedy;

  @Column(name = "since")
  private Instant since;

  @Column(name = "until")
  private Instant until;

  @Column(name = "state")
  @Enumerated(EnumType.STRING)
  private State state;

  @Column(name = "opened_at")
  private Instant openedAt;

  @Column(name = "resolved_at")
  private Instant resolvedAt;

  @Column(name = "read_at")
  private Instant readAt;

  /// For Hibernate.
  protected Notification() {}

  static Notification open(UUID id, Cause cause, Details details, Instant now) {
    var notification = new Notification();
    notification.id = id;
    notification.workspaceId = cause.workspaceId().value();
    notification.connectionId = cause.connectionId() == null ? null : cause.connectionId().value();
    notification.kind = cause.kind();
    notification.subject = cause.subject();
    notification.state = State.OPEN;
    notification.openedAt = now;
    notification.amend(details);
    return notification;
  }

  /// The same cause with other details: nobody is told again.
  final void amend(Details details) {
    requireOpen();
    reason = details.reason();
    remedy = details.remedy();
    since = details.since();
    until = details.until();
  }

  /// The cause is gone.
  void resolve(Instant now) {
    requireOpen();
    state = State.RESOLVED;
    resolvedAt = now;
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new IllegalStateException("Notification " + id + " is " + state);
    }
  }

  /// Somebody of the workspace has read it; the first time counts.
  void read(Instant now) {
    if (readAt == null) {
      readAt = now;
    }
  }

  /// What is announced when it was opened or resolved.
  NotificationRaised raised(Instant now) {
    return new NotificationRaised(
        id.toString(),
        workspace(),
        connection().orElse(null),
        kind,
        severity(),
        state,
        RECIPIENTS,
        RECIPIENTS.size(),
        now);
  }

  Cause cause() {
    return new Cause(workspace(), connection().orElse(null), kind, subject);
  }

  Severity severity() {
    return switch (kind) {
      case AUTH_EXPIRED, RECONNECT_REQUIRED, CHECKPOINT, APP_BLOCKED -> Severity.CRITICAL;
      case MISSING_SCOPE,
          AD_ACCOUNT_UNAVAILABLE,
          PIXEL_UNAVAILABLE,
          BLOCKED_BY_META,
          EXPIRING,
          REFRESH_FAILED,
          SCHEDULE_STALLED,
          DATA_GAP,
          BOUNDARY,
          ANOMALY ->
          Severity.WARNING;
    };
  }

  UUID id() {
    return id;
  }

  WorkspaceId workspace() {
    return WorkspaceId.of(workspaceId);
  }

  Optional<ConnectionId> connection() {
    return Optional.ofNullable(connectionId).map(ConnectionId::new);
  }

  NotificationKind kind() {
    return kind;
  }

  Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }

  Optional<Remedy> remedy() {
    return Optional.ofNullable(remedy);
  }

  Instant since() {
    return since;
  }

  Optional<Instant> until() {
    return Optional.ofNullable(until);
  }

  State state() {
    return state;
  }

  Instant openedAt() {
    return openedAt;
  }

  Optional<Instant> resolvedAt() {
    return Optional.ofNullable(resolvedAt);
  }

  Optional<Instant> readAt() {
    return Optional.ofNullable(readAt);
  }
}
