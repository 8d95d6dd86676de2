package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One run of the OAuth dance.
///
/// ```
/// ticket given ──started──▶ at Meta ──used──▶ over
///        └───────── expires_at ends either ──────┘
/// ```
@Entity
@Table(name = "handoff")
class Handoff extends PanacheEntityBase {
  @Id private UUID id;

  @Column(name = "workspace_id")
  private String workspaceId;

  @Column(name = "app_id")
  private String appId;

  @Column(name = "connection_id")
  private UUID connectionId;

  @Column(name = "return_to")
  private String returnTo;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "ticket_hash")
  private byte[] ticketHash;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "state_hash")
  private byte[] stateHash;

  @Column(name = "browser_hash")
  private byte[] browserHash;

  @Column(name = "used_at")
  private Instant usedAt;

  protected Handoff() {}

  static Handoff to(
      UUID id,
      WorkspaceId workspace,
      String appId,
      Optional<ConnectionId> connection,
      ReturnTo returnTo,
      String createdBy,
      OneTimeSecret ticket,
      Instant expiresAt) {
    var handoff = new Handoff();
    handoff.id = id;
    handoff.workspaceId = workspace.value();
    handoff.appId = appId;
    handoff.connectionId = connection.map(ConnectionId::value).orElse(null);
    handoff.returnTo = returnTo.path();
    handoff.createdBy = createdBy;
    handoff.ticketHash = ticket.hash();
    handoff.expiresAt = expiresAt;
    return handoff;
  }

  boolean canStart(Instant now) {
    return startedAt == null && now.isBefore(expiresAt);
  }

  void start(OneTimeSecret state, OneTimeSecret browser, Instant now) {
    startedAt = now;
    stateHash = state.hash();
    browserHash = browser.hash();
  }

  boolean canFinish(Instant now) {
    return startedAt != null && usedAt == null && now.isBefore(expiresAt);
  }

  boolean startedIn(OneTimeSecret browser) {
    return browser.matches(browserHash);
  }

  void use(Instant now) {
    usedAt = now;
  }

  WorkspaceId workspace() {
    return WorkspaceId.of(workspaceId);
  }

  String appId() {
    return appId;
  }

  /// The connection to be reconnected; empty for a new one.
  Optional<ConnectionId> connection() {
    return Optional.ofNullable(connectionId).map(ConnectionId::new);
  }

  String returnTo() {
    return returnTo;
  }

  String createdBy() {
    return createdBy;
  }
}
