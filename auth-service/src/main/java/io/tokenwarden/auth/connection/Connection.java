package io.tokenwarden.auth.connection;

import static io.tokenwarden.contracts.ConditionKind.AUTH_EXPIRED;
import static io.tokenwarden.contracts.ConditionKind.BLOCKED_BY_META;
import static io.tokenwarden.contracts.ConditionKind.CHECKPOINT;
import static io.tokenwarden.contracts.ConditionKind.EXPIRING;
import static io.tokenwarden.contracts.ConditionKind.MISSING_SCOPE;
import static io.tokenwarden.contracts.ConditionKind.PIXEL_UNAVAILABLE;
import static io.tokenwarden.contracts.ConditionKind.RECONNECT_REQUIRED;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tokenwarden.auth.scope.GrantedScopes;
import io.tokenwarden.auth.scope.MissingScopes;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.auth.vault.TokenAddress;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.RefreshFailure;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// One Meta identity connected to one workspace through one Meta app, and its health.
///
/// ```
///                reconnected, refreshed (+1 generation)
///        ┌──────────────────────────────────────────────┐
///        ▼                                              │
///   ACTIVE ──expired──▶ EXPIRED {AUTH_EXPIRED} ─────────┤
///     │ ▲ ──disabled──▶ INACTIVE {RECONNECT_REQUIRED} ──┤
///     ▼ │ verified                                      │
///   ACTIVE {CHECKPOINT}     the token is kept           │
///                                                       │
///   any ──disconnected, archived (+1 generation)──▶ the token is gone
/// ```
///
/// Every transition gives the next revision and is made under the lock of the row.
@Entity
@Table(name = "connection")
public class Connection {
  private static final Set<ConditionKind> BLOCKING_ALL =
      EnumSet.of(AUTH_EXPIRED, RECONNECT_REQUIRED, CHECKPOINT);

  /// How far a restore of the database leaps ahead: no more tokens or states can have been given
  /// since the backup.
  public static final long RESTORE_LEAP = 1_000_000;

  /// After these, another attempt ends the same way.
  private static final Set<RefreshFailure> HOPELESS =
      EnumSet.of(
          RefreshFailure.NOT_EXTENDED,
          RefreshFailure.REFUSED,
          RefreshFailure.REJECTED,
          RefreshFailure.ALREADY_EXPIRED);

  /// On so many days in a row nothing but failures, and nobody should rely on the next attempt.
  /// Days and not attempts: an outage at Meta costs one day, however often it is tried meanwhile.
  private static final int DAYS_BEFORE_A_PERSON_IS_ASKED = 4;

  private static final TypeReference<Map<ExpiryClock, Integer>> TOLD = new TypeReference<>() {};

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

  @Enumerated(EnumType.STRING)
  private ScopeProfile profile;

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
  private Conditions conditions;

  @Convert(converter = ScopesColumn.class)
  private List<String> scopes;

  @Column(name = "granular_scopes")
  private String granularScopes;

  /// When the token of this generation was stored.
  @Column(name = "stored_at")
  private Instant storedAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "data_access_expires_at")
  private Instant dataAccessExpiresAt;

  @Column(name = "rotation_due_at")
  private Instant rotationDueAt;

  @Column(name = "verified_at")
  private Instant verifiedAt;

  @Column(name = "refresh_attempts")
  private int refreshAttempts;

  @Column(name = "refresh_failed_days")
  private int refreshFailedDays;

  @Column(name = "refresh_failed_on")
  private LocalDate refreshFailedOn;

  @Enumerated(EnumType.STRING)
  @Column(name = "refresh_failure")
  private RefreshFailure refreshFailure;

  @Column(name = "clocks_told")
  private String clocksTold;

  @Column(name = "next_clock_at")
  private Instant nextClockAt;

  protected Connection() {}

  // ---- its token

  /// A connection that did not exist before, at generation 1 and revision 1.
  public static Connection first(
      UUID id,
      WorkspaceId workspace,
      String connectedBy,
      ConnectedToken token,
      TokenPolicy policy,
      Instant now) {
    var connection = new Connection();
    connection.id = id;
    connection.workspaceId = workspace.value();
    connection.appId = token.appId();
    connection.metaUserId = token.metaUserId();
    connection.connectedBy = connectedBy;
    connection.connectedAt = now;
    connection.profile = ScopeProfile.REPORTING;
    connection.conditions = Conditions.NONE;
    connection.take(token, policy, now);
    return connection;
  }

  /// The same identity consented again: a new token, and all that the old one suffered is over.
  /// What holds the person back, and what concerns single assets, is not the token's: it stays.
  public void reconnected(ConnectedToken token, TokenPolicy policy, Instant now) {
    conditions = conditions.only(Connection::outlivesTheToken);
    take(token, policy, now);
  }

  /// The token was exchanged for another of the same person. What holds the person back holds on.
  public void refreshed(ConnectedToken token, TokenPolicy policy, Instant now) {
    take(token, policy, now);
  }

  private void take(ConnectedToken token, TokenPolicy policy, Instant now) {
    generation++;
    answered();
    tokenType = token.tokenType();
    label = token.label();
    profile = token.profile() == null ? profile : token.profile();
    tokenStatus = TokenStatus.ACTIVE;
    lifecycle = Lifecycle.CONNECTED;
    conditions = conditions.without(EXPIRING);
    granularScopes = token.grants().write();
    storedAt = now;
    expiresAt = token.expiresAt();
    dataAccessExpiresAt = token.dataAccessExpiresAt();
    rotationDueAt = policy.rotationDue(token, now);
    verifiedAt = now;
    refreshAttempts = 0;
    refreshFailedDays = 0;
    refreshFailedOn = null;
    refreshFailure = null;
    clocksTold = "{}";
    grant(token.scopes(), now);
    wind(now);
  }

  /// A refresh came to nothing; the token in use stays.
  ///
  /// @return how many have failed in a row
  public int refreshFailed(RefreshFailure why, Instant now) {
    revision++;
    refreshFailure = why;
    refreshAttempts++;
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!today.equals(refreshFailedOn)) {
      refreshFailedOn = today;
      refreshFailedDays++;
    }
    return refreshAttempts;
  }

  /// Whether another attempt may still help, so that no person needs to act yet.
  public boolean refreshMaySucceed() {
    return isUsable()
        && expiresAt != null
        && tokenType != TokenType.PAGE
        && !HOPELESS.contains(refreshFailure)
        && refreshFailedDays < DAYS_BEFORE_A_PERSON_IS_ASKED;
  }

  /// Whether the last attempt failed for this reason, and none has succeeded since.
  public boolean lastRefreshFailedFor(RefreshFailure why) {
    return refreshFailure == why;
  }

  /// The connection is over, and its token with it. Its health stays as it last was.
  ///
  /// @param as DISCONNECTED, or ARCHIVED if it is put away, too
  public void ended(Lifecycle as) {
    if (as == Lifecycle.CONNECTED) {
      throw new IllegalArgumentException("Not an end");
    }
    generation++;
    answered();
    lifecycle = as;
    conditions = conditions.without(EXPIRING);
    nextClockAt = null;
  }

  /// What became of its token at Meta is known now, after its end.
  public void endSettled() {
    revision++;
  }

  /// The person wants to be forgotten: nothing that names them stays, nor what they chose to share,
  /// and who consents later is somebody new.
  public void forgetPerson() {
    metaUserId = "deleted-" + id;
    label = "Deleted person";
    granularScopes = new Grants(List.of()).write();
  }

  // ---- its permissions

  /// Meta's list of granted permissions.
  ///
  /// @return empty if it is what we knew
  public Optional<ScopeChange> granted(List<String> granted, Instant now) {
    var sorted = granted.stream().distinct().sorted().toList();
    if (sorted.equals(scopes)) {
      return Optional.empty();
    }
    var before = scopes;
    revision++;
    grant(sorted, now);
    return Optional.of(
        ScopeChange.between(before, scopes, profile.missing(before), profile.missing(scopes)));
  }

  private void grant(List<String> granted, Instant now) {
    scopes = granted.stream().distinct().sorted().toList();
    var missing = profile.missing(scopes);
    conditions = missing.isEmpty() ? conditions.without(MISSING_SCOPE) : lacking(missing, now);
  }

  /// One condition, however many are missing: they have one cause and one remedy.
  private Conditions lacking(MissingScopes missing, Instant now) {
    var exactly = String.join(",", missing.scopes());
    return conditions
        .only(c -> c.condition() != MISSING_SCOPE || exactly.equals(c.subject()))
        .with(condition(MISSING_SCOPE, null, exactly, Remedy.GRANT_SCOPES, now, null));
  }

  /// What the profile asks for and was not granted.
  public MissingScopes missingScopes() {
    return profile.missing(scopes);
  }

  /// What the person shared at consent.
  public Grants grants() {
    return Grants.read(granularScopes);
  }

  // ---- verdicts

  /// Meta, asked twice, says the token is dead.
  public void expired(Reason reason, Instant now) {
    answered();
    tokenStatus = TokenStatus.EXPIRED;
    unusable(condition(AUTH_EXPIRED, reason, null, Remedy.RECONNECT, now, null));
  }

  /// Nobody can say that the token serves: Meta contradicts itself, has ended the access to data,
  /// or names another owner.
  public void disabled(Reason reason, Instant now) {
    answered();
    tokenStatus = TokenStatus.INACTIVE;
    unusable(condition(RECONNECT_REQUIRED, reason, null, Remedy.RECONNECT, now, null));
  }

  /// What is said of the token beside its death is over, too.
  private void unusable(Condition why) {
    conditions = conditions.without(CHECKPOINT).without(EXPIRING).with(why);
    nextClockAt = null;
  }

  /// The person must pass a check at facebook.com; the token is kept.
  ///
  /// @return whether that is news
  public boolean checkpoint(Instant now) {
    if (conditions.has(CHECKPOINT)) {
      return false;
    }
    answered();
    conditions =
        conditions.with(condition(CHECKPOINT, null, null, Remedy.RESOLVE_CHECKPOINT, now, null));
    return true;
  }

  /// Meta, asked twice, says the token lives.
  public void verified(Instant now) {
    answered();
    conditions = conditions.without(CHECKPOINT);
    verifiedAt = now;
  }

  /// The database was put back to an earlier state: others may know numbers that were given since,
  /// so the next ones lie beyond any of them. The token is to be moved to its new address.
  public void restored() {
    generation += RESTORE_LEAP;
    revision += RESTORE_LEAP;
    answeredRevision = revision;
  }

  /// Meta was asked about something else than the token, and it is as we knew.
  public void confirmed(Instant now) {
    revision++;
    verifiedAt = now;
  }

  /// Meta's word on when the token and the access to data end, which may move without us.
  public void endsAt(Instant token, Instant dataAccess, Instant now) {
    expiresAt = token;
    dataAccessExpiresAt = dataAccess;
    wind(now);
  }

  /// Meta holds the person back, and says not for how long.
  public void blocked(Instant until, Instant now) {
    answered();
    verifiedAt = now;
    conditions =
        conditions.with(condition(BLOCKED_BY_META, null, null, Remedy.WAIT_OR_RESOLVE, now, until));
    wind(now);
  }

  private void answered() {
    revision++;
    answeredRevision = revision;
  }

  /// Whether evidence from that revision was already answered by a later look at Meta.
  public boolean hasAnswered(long evidenceRevision) {
    return evidenceRevision < answeredRevision;
  }

  // ---- its assets

  /// An asset cannot be reached any more, or not used.
  public void lost(Condition cause) {
    revision++;
    conditions = conditions.with(cause);
  }

  /// An asset is there.
  ///
  /// @return whether it had been lost
  public boolean regained(ConditionKind kind, String assetId) {
    if (conditions.find(kind, assetId).isEmpty()) {
      return false;
    }
    revision++;
    conditions = conditions.without(kind, assetId);
    return true;
  }

  private static boolean outlivesTheToken(Condition condition) {
    return switch (condition.condition()) {
      case AD_ACCOUNT_UNAVAILABLE, PIXEL_UNAVAILABLE, BLOCKED_BY_META -> true;
      case AUTH_EXPIRED, RECONNECT_REQUIRED, CHECKPOINT, MISSING_SCOPE, EXPIRING -> false;
    };
  }

  // ---- its clocks

  /// Reads what has run out, or soon will, and ends the conditions whose time is over. Whoever
  /// changes the outlook of a refresh reads them again.
  public ClockReading readClocks(Instant now) {
    if (!isUsable()) {
      nextClockAt = null;
      return new ClockReading(false, Map.of(), false);
    }
    var before = conditions;
    conditions = conditions.only(c -> c.condition() == EXPIRING || !isOver(c, now));
    conditions = conditions.without(EXPIRING);
    var told = new EnumMap<ExpiryClock, Integer>(ExpiryClock.class);
    clocks().ends().forEach((clock, end) -> read(clock, end, before, told, now));
    var changed = !conditions.equals(before);
    if (changed) {
      revision++;
    }
    wind(now);
    return new ClockReading(changed, told, clocks().isOver(now));
  }

  private static boolean isOver(Condition condition, Instant now) {
    return condition.until() != null && !now.isBefore(condition.until());
  }

  private void read(
      ExpiryClock clock,
      Instant end,
      Conditions before,
      Map<ExpiryClock, Integer> told,
      Instant now) {
    var threshold = Clocks.threshold(end, now);
    if (threshold.isEmpty()) {
      return;
    }
    var remedy = mustAct(clock) ? Remedy.RECONNECT : null;
    var since = before.find(EXPIRING, clock.name()).map(Condition::since).orElse(now);
    conditions = conditions.with(condition(EXPIRING, null, clock.name(), remedy, since, end));
    if (remedy != null && tell(clock, threshold.get())) {
      told.put(clock, threshold.get());
    }
  }

  /// Only a person's login renews access to data. The token can be exchanged while that may
  /// succeed, and a system user's token can be replaced without anybody, unless Meta has said no.
  private boolean mustAct(ExpiryClock clock) {
    return switch (clock) {
      case TOKEN -> !refreshMaySucceed();
      case DATA_ACCESS -> true;
      case ROTATION_POLICY ->
          tokenType != TokenType.SYSTEM_USER || HOPELESS.contains(refreshFailure);
    };
  }

  /// @return whether that was not said before
  private boolean tell(ExpiryClock clock, int threshold) {
    var told = JsonColumn.read(clocksTold, TOLD);
    if (told.getOrDefault(clock, Integer.MAX_VALUE) <= threshold) {
      return false;
    }
    var more = new EnumMap<ExpiryClock, Integer>(ExpiryClock.class);
    more.putAll(told);
    more.put(clock, threshold);
    clocksTold = JsonColumn.write(more);
    return true;
  }

  /// Says when the clocks are to be read next: at once, if one of them has something to say that is
  /// not said yet.
  private void wind(Instant now) {
    nextClockAt = isBehind(now) ? now : nextMoment(now).orElse(null);
  }

  /// When the clocks are to be read next; empty if they have nothing to say any more.
  Optional<Instant> nextClockAt() {
    return Optional.ofNullable(nextClockAt);
  }

  /// Whether a clock has passed a threshold unsaid, or what is said is of a clock that has moved.
  private boolean isBehind(Instant now) {
    var ends = clocks().ends();
    var unsaid =
        ends.entrySet().stream()
            .filter(clock -> Clocks.threshold(clock.getValue(), now).isPresent())
            .anyMatch(clock -> conditions.find(EXPIRING, clock.getKey().name()).isEmpty());
    var outdated =
        conditions.list().stream()
            .filter(condition -> condition.condition() == EXPIRING)
            .anyMatch(said -> !said.until().equals(ends.get(ExpiryClock.valueOf(said.subject()))));
    return unsaid || outdated;
  }

  private Optional<Instant> nextMoment(Instant now) {
    var ends = conditions.list().stream().map(Condition::until).filter(Objects::nonNull);
    return Stream.concat(ends, clocks().nextAfter(now).stream())
        .filter(moment -> moment.isAfter(now))
        .min(Instant::compareTo);
  }

  private Clocks clocks() {
    return Clocks.of(expiresAt, dataAccessExpiresAt, rotationDueAt);
  }

  private Condition condition(
      ConditionKind kind,
      Reason reason,
      String subject,
      Remedy remedy,
      Instant since,
      Instant until) {
    return new Condition(kind, reason, subject, connectionId(), remedy, since, until);
  }

  // ---- what it is

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
        conditions.list(),
        capabilities(),
        expiresAt,
        dataAccessExpiresAt,
        scopes,
        verifiedAt);
  }

  private Map<Capability, Boolean> capabilities() {
    var carried = new GrantedScopes(scopes).capabilities();
    var usable = isUsable() && BLOCKING_ALL.stream().noneMatch(conditions::has);
    var capabilities = new EnumMap<Capability, Boolean>(Capability.class);
    for (var capability : Capability.values()) {
      capabilities.put(
          capability, usable && carried.contains(capability) && !isHeldBack(capability));
    }
    return capabilities;
  }

  private boolean isHeldBack(Capability capability) {
    return switch (capability) {
      case WRITE_ADS -> conditions.has(BLOCKED_BY_META);
      case VERIFY_CONVERSIONS -> conditions.has(PIXEL_UNAVAILABLE);
      case READ_INSIGHTS, DISCOVER_BUSINESS, READ_PAGES -> false;
    };
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

  public ScopeProfile profile() {
    return profile;
  }

  public Lifecycle lifecycle() {
    return lifecycle;
  }

  public List<String> scopes() {
    return scopes;
  }

  /// When the token of this generation was stored.
  public Instant storedAt() {
    return storedAt;
  }

  public Optional<Instant> dataAccessExpiresAt() {
    return Optional.ofNullable(dataAccessExpiresAt);
  }

  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }
}
