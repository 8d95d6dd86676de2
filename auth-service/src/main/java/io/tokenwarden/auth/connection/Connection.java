package io.tokenwarden.auth.connection;

import static io.tokenwarden.contracts.ConditionKind.AUTH_EXPIRED;
import static io.tokenwarden.contracts.ConditionKind.CHECKPOINT;
import static io.tokenwarden.contracts.ConditionKind.MISSING_SCOPE;
import static io.tokenwarden.contracts.ConditionKind.RECONNECT_REQUIRED;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.scope.GrantedScopes;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.auth.vault.TokenAddress;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// One Meta identity connected to one workspace through one Meta app, and its health.
///
/// ```
///                 reconnected (+1 generation)
///        ┌──────────────────────────────────────────────┐
///        ▼                                              │
///   ACTIVE ──expired──▶ EXPIRED {AUTH_EXPIRED} ─────────┤
///     │ ▲ ──unverifiable─▶ INACTIVE {RECONNECT_REQUIRED} ┘
///     ▼ │ verified
///   ACTIVE {CHECKPOINT}     the token is kept: it works again
/// ```
///
/// Every transition gives the next revision and is made under the lock of the row.
@Entity
@Table(name = "connection")
public class Connection extends PanacheEntityBase {
  private static final Set<ConditionKind> BLOCKING_ALL =
      EnumSet.of(AUTH_EXPIRED, RECONNECT_REQUIRED, CHECKPOINT);

  /// How far a restore of the database leaps ahead: no more tokens or states can have been given
  /// since the backup.
  public static final long RESTORE_LEAP = 1_000_000;

  @Id private UUID id;

  @Column(name = "workspace_id")
  private String workspaceId;

  @Column(name = "app_id")
  private String appId;

  @Column(name = "meta_user_id")
  private String metaUserId;

  @Enumerated(EnumType.STRING)
  @Column(name = "token_type")
  private TokenType tokenType;

  private String label;

  @Column(name = "connected_by")
  private String connectedBy;

  @Column(name = "connected_at")
  private Instant connectedAt;

  private long generation;
  private long revision;

  @Column(name = "answered_revision")
  private long answeredRevision;

  @Enumerated(EnumType.STRING)
  @Column(name = "token_status")
  private TokenStatus tokenStatus;

  @Enumerated(EnumType.STRING)
  private Lifecycle lifecycle;

  @Convert(converter = ConditionsColumn.class)
  private List<Condition> conditions;

  @Convert(converter = ScopesColumn.class)
  private List<String> scopes;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "data_access_expires_at")
  private Instant dataAccessExpiresAt;

  @Column(name = "verified_at")
  private Instant verifiedAt;

  protected Connection() {}

  /// A connection that did not exist before, at generation 1 and revision 1.
  static Connection first(
      UUID id, WorkspaceId workspace, String connectedBy, ConnectedToken token, Instant now) {
    var connection = new Connection();
    connection.id = id;
    connection.workspaceId = workspace.value();
    connection.appId = token.appId();
    connection.metaUserId = token.metaUserId();
    connection.connectedBy = connectedBy;
    connection.connectedAt = now;
    connection.take(token, now);
    return connection;
  }

  /// The same identity consented again: a new token, and all that the old one suffered is over.
  void reconnected(ConnectedToken token, Instant now) {
    take(token, now);
  }

  private void take(ConnectedToken token, Instant now) {
    generation++;
    revision++;
    answeredRevision = revision;
    tokenType = token.tokenType();
    label = token.label();
    tokenStatus = TokenStatus.ACTIVE;
    lifecycle = Lifecycle.CONNECTED;
    conditions = new ArrayList<>();
    expiresAt = token.expiresAt();
    dataAccessExpiresAt = token.dataAccessExpiresAt();
    verifiedAt = now;
    grant(token.scopes(), now);
  }

  /// Meta's list of granted permissions differs from what we knew.
  ///
  /// @return whether anything changed
  public boolean granted(List<String> granted, Instant now) {
    var sorted = granted.stream().sorted().toList();
    if (sorted.equals(scopes)) {
      return false;
    }
    revision++;
    grant(sorted, now);
    return true;
  }

  private void grant(List<String> granted, Instant now) {
    scopes = granted.stream().sorted().toList();
    without(MISSING_SCOPE);
    var missing = ScopeProfile.REPORTING.missing(scopes).scopes();
    if (!missing.isEmpty()) {
      add(MISSING_SCOPE, null, String.join(",", missing), Remedy.GRANT_SCOPES, now);
    }
  }

  /// Meta, asked twice, says the token is dead.
  public void expired(Reason reason, Instant now) {
    answered();
    tokenStatus = TokenStatus.EXPIRED;
    without(CHECKPOINT);
    add(AUTH_EXPIRED, reason, null, Remedy.RECONNECT, now);
  }

  /// Meta contradicts itself too often: nobody can say whether the token lives.
  public void unverifiable(Instant now) {
    answered();
    tokenStatus = TokenStatus.INACTIVE;
    without(CHECKPOINT);
    add(RECONNECT_REQUIRED, Reason.UNVERIFIABLE, null, Remedy.RECONNECT, now);
  }

  /// The person must pass a check at facebook.com; the token is kept.
  ///
  /// @return whether that is news
  public boolean checkpoint(Instant now) {
    if (has(CHECKPOINT)) {
      return false;
    }
    answered();
    add(CHECKPOINT, null, null, Remedy.RESOLVE_CHECKPOINT, now);
    return true;
  }

  /// Meta, asked twice, says the token lives.
  public void verified(Instant now) {
    answered();
    without(CHECKPOINT);
    verifiedAt = now;
  }

  /// The database was put back to an earlier state: others may know numbers that were given since,
  /// so the next ones lie beyond any of them. The token is to be moved to its new address.
  public void restored() {
    generation += RESTORE_LEAP;
    revision += RESTORE_LEAP;
    answeredRevision = revision;
  }

  private void answered() {
    revision++;
    answeredRevision = revision;
  }

  private void add(
      ConditionKind kind, Reason reason, String subject, Remedy remedy, Instant since) {
    without(kind);
    conditions.add(new Condition(kind, reason, subject, connectionId(), remedy, since, null));
  }

  private void without(ConditionKind kind) {
    conditions = new ArrayList<>(conditions);
    conditions.removeIf(condition -> condition.condition() == kind);
  }

  private boolean has(ConditionKind kind) {
    return conditions.stream().anyMatch(condition -> condition.condition() == kind);
  }

  /// Whether evidence from that revision was already answered by a later look at Meta.
  public boolean hasAnswered(long evidenceRevision) {
    return evidenceRevision < answeredRevision;
  }

  /// Whether the token may be lent: it is not known to be dead, and the connection is in use.
  public boolean isUsable() {
    return lifecycle == Lifecycle.CONNECTED && tokenStatus == TokenStatus.ACTIVE;
  }

  /// Whether this is the person the connection belongs to.
  public boolean belongsTo(String otherAppId, String otherMetaUserId) {
    return appId.equals(otherAppId) && metaUserId.equals(otherMetaUserId);
  }

  /// The complete state as events carry it.
  public ConnectionState state(Instant occurredAt) {
    return new ConnectionState(
        workspace(),
        connectionId(),
        generation,
        revision,
        appId,
        metaUserId,
        tokenType,
        occurredAt,
        health());
  }

  public Health health() {
    return Health.of(
        tokenStatus,
        lifecycle,
        conditions,
        capabilities(),
        expiresAt,
        dataAccessExpiresAt,
        scopes,
        verifiedAt);
  }

  private Map<Capability, Boolean> capabilities() {
    var carried = new GrantedScopes(scopes).capabilities();
    var usable =
        isUsable() && conditions.stream().noneMatch(c -> BLOCKING_ALL.contains(c.condition()));
    var capabilities = new EnumMap<Capability, Boolean>(Capability.class);
    for (var capability : Capability.values()) {
      capabilities.put(capability, usable && carried.contains(capability));
    }
    return capabilities;
  }

  public ConnectionId connectionId() {
    return new ConnectionId(id);
  }

  public WorkspaceId workspace() {
    return WorkspaceId.of(workspaceId);
  }

  public TokenAddress tokenAddress() {
    return new TokenAddress(workspace(), connectionId(), generation);
  }

  public String appId() {
    return appId;
  }

  public String metaUserId() {
    return metaUserId;
  }

  public TokenType tokenType() {
    return tokenType;
  }

  public String label() {
    return label;
  }

  public String connectedBy() {
    return connectedBy;
  }

  public Instant connectedAt() {
    return connectedAt;
  }

  public long generation() {
    return generation;
  }

  public long revision() {
    return revision;
  }

  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }
}
