package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One run of the OAuth dance.
///
/// ```
/// ticket given ──started──▶ at Meta ──used──▶ CONNECTED · DENIED · NOT_ISSUED · OTHER_PERSON
///        └───────── expires_at ends either ──────┘                                  │
///                                                                 WENT_ON ◀─────────┘
/// ```
///
/// `expires_at` is the ticket's until it is taken; then it is the person's, who must come back from
/// Meta by then.
@Entity
@Table(name = "handoff")
class Handoff extends PanacheEntityBase {
  @Id private UUID id;

  @Column(name = "workspace_id")
  private String workspaceId;

  @Column(name = "app_id")
  private String appId;

  @Enumerated(EnumType.STRING)
  private ScopeProfile profile;

  @Column(name = "connection_id")
  private UUID connectionId;

  @Column(name = "meta_user_id")
  private String metaUserId;

  private boolean link;

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

  @Column(name = "code_hash")
  private byte[] codeHash;

  @Enumerated(EnumType.STRING)
  @Column(name = "outcome")
  private Ending ending;

  protected Handoff() {}

  static Handoff to(Errand errand, UUID id, OneTimeSecret ticket, Instant expiresAt) {
    var handoff = new Handoff();
    handoff.id = id;
    handoff.workspaceId = errand.workspace().value();
    handoff.appId = errand.appId();
    handoff.profile = errand.profile();
    handoff.connectionId = errand.connection().map(ConnectionId::value).orElse(null);
    handoff.metaUserId = errand.metaUserId().orElse(null);
    handoff.link = errand.link();
    handoff.returnTo = errand.returnTo().path();
    handoff.createdBy = errand.createdBy();
    handoff.ticketHash = ticket.hash();
    handoff.expiresAt = expiresAt;
    return handoff;
  }

  /// Why the ticket cannot be taken; empty if it can.
  Optional<Rejection> cannotStart(Instant now) {
    if (startedAt != null) {
      return Optional.of(Rejection.TICKET_USED);
    }
    return isOver(now) ? Optional.of(Rejection.TICKET_EXPIRED) : Optional.empty();
  }

  /// @param patience how long the person may take at Meta
  void start(OneTimeSecret state, OneTimeSecret browser, Instant now, Duration patience) {
    startedAt = now;
    expiresAt = now.plus(patience);
    stateHash = state.hash();
    browserHash = browser.hash();
  }

  /// Why the state cannot be taken; empty if it can.
  ///
  /// @param browser what the browser brought; empty if nothing
  Optional<Rejection> cannotFinish(Optional<OneTimeSecret> browser, Instant now) {
    if (usedAt != null) {
      return Optional.of(Rejection.STATE_USED);
    }
    if (isOver(now)) {
      return Optional.of(Rejection.STATE_EXPIRED);
    }
    return browser.filter(brought -> brought.matches(browserHash)).isPresent()
        ? Optional.empty()
        : Optional.of(Rejection.OTHER_BROWSER);
  }

  /// @param code empty if the person comes back without one
  void use(Optional<Code> code, Instant now) {
    usedAt = now;
    codeHash = code.map(Code::hash).orElse(null);
  }

  void end(Ending how) {
    ending = how;
  }

  /// Why the other person cannot go on to a connection of their own; empty if they can.
  Optional<Rejection> cannotGoOn(Instant now) {
    return ending == Ending.OTHER_PERSON && offersAnew() && !isOver(now)
        ? Optional.empty()
        : Optional.of(Rejection.NOTHING_OFFERED);
  }

  private boolean isOver(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /// Whether this person may come back: on reconnect, only the one the connection belongs to.
  boolean awaits(String otherMetaUserId) {
    return connectionId == null || otherMetaUserId.equals(metaUserId);
  }

  /// Whoever began a handoff may begin another. Whoever was sent a link may do what it is for, and
  /// no more.
  boolean offersAnew() {
    return !link;
  }

  /// What is left of the errand when the connection is not the person's own: a new one.
  Errand anew() {
    return new Errand(
        workspace(),
        appId,
        profile,
        Optional.empty(),
        Optional.empty(),
        new ReturnTo(returnTo),
        createdBy,
        false);
  }

  UUID id() {
    return id;
  }

  WorkspaceId workspace() {
    return WorkspaceId.of(workspaceId);
  }

  String appId() {
    return appId;
  }

  ScopeProfile profile() {
    return profile;
  }

  /// What a connection is for from now on; null leaves one that is known as it is: whoever connects
  /// anew without saying what for does not take from what they connected for before.
  ScopeProfile profileSaid() {
    return connectionId == null && profile == ScopeProfile.REPORTING ? null : profile;
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
