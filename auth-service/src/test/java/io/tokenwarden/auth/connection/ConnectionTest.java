package io.tokenwarden.auth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.auth.vault.TokenAddress;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.Inspection.GranularScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Instant END = NOW.plusSeconds(5_000_000);
  private static final ConnectionId ID = ConnectionId.of("01931f3e-7c00-7000-8000-000000000001");

  @Test
  void beginsActiveAtGenerationAndRevisionOne() {
    // when
    var connection = connected("ads_read");

    // then
    assertThat(connection.generation()).isEqualTo(1);
    assertThat(connection.revision()).isEqualTo(1);
    assertThat(connection.isUsable()).isTrue();
    assertThat(connection.health().can(Capability.READ_INSIGHTS)).isTrue();
    assertThat(connection.health().can(Capability.WRITE_ADS)).isFalse();
    assertThat(connection.health().conditions()).isEmpty();
  }

  @Test
  void deathTakesAllCapabilitiesAndNamesTheRemedy() {
    // given
    var connection = connected("ads_read");

    // when
    connection.expired(Reason.PASSWORD_CHANGED, LATER);

    // then
    var health = connection.health();
    assertThat(connection.revision()).isEqualTo(2);
    assertThat(health.tokenStatus()).isEqualTo(TokenStatus.EXPIRED);
    assertThat(health.capabilities().values()).containsOnly(false);
    assertThat(health.condition(ConditionKind.AUTH_EXPIRED))
        .hasValueSatisfying(condition -> {
          assertThat(condition.reason()).isEqualTo(Reason.PASSWORD_CHANGED);
          assertThat(condition.remedy()).isEqualTo(Remedy.RECONNECT);
          assertThat(condition.since()).isEqualTo(LATER);
        });
  }

  @Test
  void reconnectEndsAllThatTheOldTokenSuffered() {
    // given
    var connection = connected("ads_read");
    connection.expired(Reason.PASSWORD_CHANGED, LATER);

    // when
    connection.reconnected(token("ads_read"), TestConnections.POLICY, LATER);

    // then
    assertThat(connection.generation()).isEqualTo(2);
    assertThat(connection.revision()).isEqualTo(3);
    assertThat(connection.isUsable()).isTrue();
    assertThat(connection.health().conditions()).isEmpty();
  }

  @Test
  void aCheckpointKeepsTheTokenButStopsItsUse() {
    // given
    var connection = connected("ads_read");

    // when
    var news = connection.checkpoint(LATER);
    var again = connection.checkpoint(LATER);

    // then
    assertThat(news).isTrue();
    assertThat(again).isFalse();
    assertThat(connection.health().tokenStatus()).isEqualTo(TokenStatus.ACTIVE);
    assertThat(connection.health().can(Capability.READ_INSIGHTS)).isFalse();

    // and when
    connection.verified(LATER);

    // then
    assertThat(connection.health().conditions()).isEmpty();
    assertThat(connection.health().can(Capability.READ_INSIGHTS)).isTrue();
  }

  @Test
  void contradictionsDisableTheToken() {
    // given
    var connection = connected("ads_read");

    // when
    connection.disabled(Reason.UNVERIFIABLE, LATER);

    // then
    assertThat(connection.health().tokenStatus()).isEqualTo(TokenStatus.INACTIVE);
    assertThat(connection.health().condition(ConditionKind.RECONNECT_REQUIRED)).isPresent();
  }

  @Test
  void whoDidNotGrantReadingIsToldWhichScopeIsMissing() {
    // when
    var connection = connected("public_profile");

    // then
    assertThat(connection.health().condition(ConditionKind.MISSING_SCOPE))
        .hasValueSatisfying(condition -> assertThat(condition.subject()).isEqualTo("ads_read"));

    // and when
    var changed = connection.granted(List.of("public_profile", "ads_read"), LATER);

    // then
    assertThat(changed).isPresent();
    assertThat(connection.health().conditions()).isEmpty();
    assertThat(connection.granted(List.of("ads_read", "public_profile"), LATER)).isEmpty();
  }

  @Test
  void managingAdsIncludesReadingThem() {
    assertThat(connected("ads_management").health().can(Capability.READ_INSIGHTS)).isTrue();
  }

  @Test
  void evidenceOlderThanTheLastAnswerIsAnswered() {
    // given
    var connection = connected("ads_read");

    // then
    assertThat(connection.hasAnswered(1)).isFalse();

    // and when
    connection.verified(LATER);

    // then
    assertThat(connection.hasAnswered(1)).isTrue();
    assertThat(connection.hasAnswered(2)).isFalse();
  }

  @Test
  void aRestoreLeapsBeyondAllThatAnyoneCanHaveSeenAndChangesNothingElse() {
    // given
    var connection = connected("ads_read");
    connection.expired(Reason.REVOKED, LATER);
    var before = connection.health();

    // when
    connection.restored();

    // then
    assertThat(connection.generation()).isEqualTo(1_000_001);
    assertThat(connection.revision()).isEqualTo(1_000_002);
    assertThat(connection.hasAnswered(1_000_001)).isTrue();
    assertThat(connection.hasAnswered(1_000_002)).isFalse();
    assertThat(connection.health()).isEqualTo(before);
  }

  // ---- what it is

  @Test
  void isWhatThePersonConsentedTo() {
    // given
    var shared = new Grants(List.of(new GranularScope("ads_read", List.of("17"))));
    var end = NOW.plus(Duration.ofDays(60));
    var accessEnd = NOW.plus(Duration.ofDays(90));

    // when
    var connection =
        Connection.first(
            ID.value(),
            WorkspaceId.of("demo"),
            "ann",
            new ConnectedToken(
                AccessToken.of("not-a-token"),
                "1200000000000001",
                "7",
                "Ann",
                TokenType.SYSTEM_USER,
                List.of("ads_read"),
                end,
                accessEnd,
                shared,
                ScopeProfile.CAMPAIGN_MANAGEMENT),
            TestConnections.POLICY,
            NOW);

    // then
    assertThat(connection.connectionId()).isEqualTo(ID);
    assertThat(connection.workspace()).isEqualTo(WorkspaceId.of("demo"));
    assertThat(connection.tokenAddress())
        .isEqualTo(new TokenAddress(WorkspaceId.of("demo"), ID, 1));
    assertThat(connection.appId()).isEqualTo("1200000000000001");
    assertThat(connection.metaUserId()).isEqualTo("7");
    assertThat(connection.tokenType()).isEqualTo(TokenType.SYSTEM_USER);
    assertThat(connection.label()).isEqualTo("Ann");
    assertThat(connection.connectedBy()).isEqualTo("ann");
    assertThat(connection.connectedAt()).isEqualTo(NOW);
    assertThat(connection.storedAt()).isEqualTo(NOW);
    assertThat(connection.profile()).isEqualTo(ScopeProfile.CAMPAIGN_MANAGEMENT);
    assertThat(connection.lifecycle()).isEqualTo(Lifecycle.CONNECTED);
    assertThat(connection.scopes()).containsExactly("ads_read");
    assertThat(connection.grants()).isEqualTo(shared);
    assertThat(connection.expiresAt()).contains(end);
    assertThat(connection.dataAccessExpiresAt()).contains(accessEnd);
  }

  @Test
  void announcesItsCompleteState() {
    // given
    var connection = connected("ads_read");

    // when
    var state = connection.state(LATER);

    // then
    assertThat(state)
        .isEqualTo(
            new ConnectionState(
                WorkspaceId.of("demo"),
                ID,
                1,
                1,
                "1200000000000001",
                "7",
                TokenType.USER,
                LATER,
                connection.health()));
    assertThat(state.health().lifecycle()).isEqualTo(Lifecycle.CONNECTED);
    assertThat(state.health().scopes()).containsExactly("ads_read");
    assertThat(state.health().expiresAt()).isEqualTo(END);
    assertThat(state.health().verifiedAt()).isEqualTo(NOW);
  }

  @Test
  void belongsToOnePersonOfOneApp() {
    // given
    var connection = connected("ads_read");

    // then
    assertThat(connection.belongsTo("1200000000000001", "7")).isTrue();
    assertThat(connection.belongsTo("1200000000000002", "7")).isFalse();
    assertThat(connection.belongsTo("1200000000000001", "8")).isFalse();
  }

  @Test
  void isForReportsWhereNothingElseIsSaid() {
    assertThat(connected("ads_read").profile()).isEqualTo(ScopeProfile.REPORTING);
  }

  // ---- consenting again

  @Test
  void whatHoldsThePersonBackOrConcernsSingleAssetsIsNotTheTokens() {
    // given
    var connection = connected("ads_management");
    connection.lost(unavailable(ConditionKind.AD_ACCOUNT_UNAVAILABLE, "17"));
    connection.lost(unavailable(ConditionKind.PIXEL_UNAVAILABLE, "18"));
    connection.blocked(LATER.plusSeconds(60), LATER);
    connection.checkpoint(LATER);
    connection.disabled(Reason.UNVERIFIABLE, LATER);

    // when
    connection.reconnected(token("ads_management"), TestConnections.POLICY, LATER);

    // then
    assertThat(connection.health().conditions())
        .extracting(Condition::condition)
        .containsExactly(
            ConditionKind.AD_ACCOUNT_UNAVAILABLE,
            ConditionKind.PIXEL_UNAVAILABLE,
            ConditionKind.BLOCKED_BY_META);
  }

  @Test
  void aProfileThatIsNotAskedForAgainStays() {
    // given
    var connection = connected("ads_read");
    connection.reconnected(
        token(ScopeProfile.CAMPAIGN_MANAGEMENT, "ads_read"), TestConnections.POLICY, LATER);

    // when
    connection.reconnected(token("ads_read"), TestConnections.POLICY, LATER);

    // then
    assertThat(connection.profile()).isEqualTo(ScopeProfile.CAMPAIGN_MANAGEMENT);
    assertThat(connection.missingScopes().scopes()).containsExactly("ads_management");
  }

  @Test
  void evidenceAboutTheOldTokenIsAnsweredByTheNewOne() {
    // given
    var connection = connected("ads_read");

    // when
    connection.refreshed(token("ads_read"), TestConnections.POLICY, LATER);

    // then
    assertThat(connection.hasAnswered(1)).isTrue();
    assertThat(connection.hasAnswered(2)).isFalse();
    assertThat(connection.storedAt()).isEqualTo(LATER);
    assertThat(connection.health().verifiedAt()).isEqualTo(LATER);
  }

  // ---- permissions

  @Test
  void permissionsAreKeptOnceAndInOrder() {
    // given
    var connection = connected("email", "ads_read", "email");
    var revision = connection.revision();

    // then
    assertThat(connection.scopes()).containsExactly("ads_read", "email");
    assertThat(connection.granted(List.of("email", "ads_read", "ads_read"), LATER)).isEmpty();
    assertThat(connection.revision()).isEqualTo(revision);
  }

  @Test
  void permissionsThatComeAndGoAreNamed() {
    // given
    var connection = connected("ads_read");

    // when
    var taken = connection.granted(List.of("email"), LATER).orElseThrow();

    // then
    assertThat(connection.revision()).isEqualTo(2);
    assertThat(taken.lost()).containsExactly("ads_read");
    assertThat(taken.appeared()).containsExactly("email");
    assertThat(taken.missing()).isEqualTo(connection.missingScopes());
    assertThat(taken.blocked())
        .containsExactly(Capability.READ_INSIGHTS, Capability.VERIFY_CONVERSIONS);
    assertThat(taken.remedy()).isEqualTo(Remedy.GRANT_SCOPES);

    // and when
    var given = connection.granted(List.of("ads_read", "email"), LATER).orElseThrow();

    // then
    assertThat(given.lost()).isEmpty();
    assertThat(given.appeared()).containsExactly("ads_read");
    assertThat(given.blocked()).isEmpty();
    assertThat(given.remedy()).isNull();
  }

  @Test
  void whatWasMissingBeforeIsNotLost() {
    // given
    var connection = connected("public_profile");

    // when
    var change = connection.granted(List.of("email"), LATER).orElseThrow();

    // then
    assertThat(change.lost()).isEmpty();
    assertThat(change.missing().scopes()).containsExactly("ads_read");
  }

  @Test
  void manyMissingPermissionsAreOneConditionSinceExactlyTheyAreMissing() {
    // given
    var connection = connected("public_profile");
    connection.reconnected(
        token(ScopeProfile.CAMPAIGN_MANAGEMENT, "public_profile"), TestConnections.POLICY, NOW);

    // when
    connection.granted(List.of("email"), LATER);

    // then
    assertThat(connection.health().conditions())
        .containsExactly(missing("ads_management,ads_read", NOW));

    // and when
    connection.granted(List.of("ads_read"), LATER);

    // then
    assertThat(connection.health().conditions()).containsExactly(missing("ads_management", LATER));
  }

  private static Condition missing(String scopes, Instant since) {
    return new Condition(
        ConditionKind.MISSING_SCOPE, null, scopes, ID, Remedy.GRANT_SCOPES, since, null);
  }

  // ---- what is wrong with it

  @Test
  void deathEndsWhatElseIsSaidOfTheToken() {
    // given
    var connection = connected("ads_read");
    connection.checkpoint(NOW);
    connection.readClocks(END.minusSeconds(1));

    // when
    connection.expired(Reason.REVOKED, LATER);

    // then
    assertThat(connection.health().conditions())
        .extracting(Condition::condition)
        .containsExactly(ConditionKind.AUTH_EXPIRED);
    assertThat(connection.isUsable()).isFalse();
    assertThat(connection.nextClockAt()).isEmpty();
    assertThat(connection.hasAnswered(2)).isTrue();
  }

  @Test
  void aDisabledTokenNamesReasonAndRemedy() {
    // given
    var connection = connected("ads_read");

    // when
    connection.disabled(Reason.DATA_ACCESS_EXPIRED, LATER);

    // then
    assertThat(connection.health().conditions())
        .containsExactly(
            new Condition(
                ConditionKind.RECONNECT_REQUIRED,
                Reason.DATA_ACCESS_EXPIRED,
                null,
                ID,
                Remedy.RECONNECT,
                LATER,
                null));
    assertThat(connection.health().capabilities().values()).containsOnly(false);
    assertThat(connection.hasAnswered(1)).isTrue();
  }

  @Test
  void aCheckpointIsAnAnswerAndARevision() {
    // given
    var connection = connected("ads_read");

    // when
    connection.checkpoint(LATER);
    connection.checkpoint(LATER);

    // then
    assertThat(connection.revision()).isEqualTo(2);
    assertThat(connection.hasAnswered(1)).isTrue();
    assertThat(connection.isUsable()).isTrue();
    assertThat(connection.health().conditions())
        .containsExactly(
            new Condition(
                ConditionKind.CHECKPOINT, null, null, ID, Remedy.RESOLVE_CHECKPOINT, LATER, null));
  }

  @Test
  void aBlockedPersonReadsButDoesNotWrite() {
    // given
    var connection = connected("ads_management");
    var until = LATER.plusSeconds(3600);

    // when
    connection.blocked(until, LATER);

    // then
    assertThat(connection.health().conditions())
        .containsExactly(
            new Condition(
                ConditionKind.BLOCKED_BY_META,
                null,
                null,
                ID,
                Remedy.WAIT_OR_RESOLVE,
                LATER,
                until));
    assertThat(connection.health().can(Capability.WRITE_ADS)).isFalse();
    assertThat(connection.health().can(Capability.READ_INSIGHTS)).isTrue();
    assertThat(connection.health().verifiedAt()).isEqualTo(LATER);
    assertThat(connection.hasAnswered(1)).isTrue();
    assertThat(connection.nextClockAt()).contains(until);
  }

  @Test
  void whatElseMetaConfirmsAnswersNothingAboutTheToken() {
    // given
    var connection = connected("ads_read");

    // when
    connection.confirmed(LATER);

    // then
    assertThat(connection.revision()).isEqualTo(2);
    assertThat(connection.health().verifiedAt()).isEqualTo(LATER);
    assertThat(connection.hasAnswered(1)).isFalse();
  }

  @Test
  void aLostAssetIsAConditionUntilItIsRegained() {
    // given
    var connection = connected("ads_read");
    var lost = unavailable(ConditionKind.AD_ACCOUNT_UNAVAILABLE, "17");

    // when
    connection.lost(lost);

    // then
    assertThat(connection.revision()).isEqualTo(2);
    assertThat(connection.health().conditions()).containsExactly(lost);
    assertThat(connection.health().can(Capability.READ_INSIGHTS)).isTrue();
    assertThat(connection.hasAnswered(1)).isFalse();

    // and when
    var another = connection.regained(ConditionKind.AD_ACCOUNT_UNAVAILABLE, "18");
    var same = connection.regained(ConditionKind.AD_ACCOUNT_UNAVAILABLE, "17");
    var again = connection.regained(ConditionKind.AD_ACCOUNT_UNAVAILABLE, "17");

    // then
    assertThat(List.of(another, same, again)).containsExactly(false, true, false);
    assertThat(connection.revision()).isEqualTo(3);
    assertThat(connection.health().conditions()).isEmpty();
  }

  @Test
  void aLostPixelStopsTheVerificationOfConversionsAlone() {
    // given
    var connection = connected("ads_read");

    // when
    connection.lost(unavailable(ConditionKind.PIXEL_UNAVAILABLE, "18"));

    // then
    assertThat(connection.health().can(Capability.VERIFY_CONVERSIONS)).isFalse();
    assertThat(connection.health().can(Capability.READ_INSIGHTS)).isTrue();
  }

  private static Condition unavailable(ConditionKind kind, String asset) {
    return new Condition(kind, Reason.NOT_ASSIGNED, asset, ID, Remedy.ASSIGN_ASSET, NOW, null);
  }

  // ---- refreshing

  @Test
  void aRefreshThatFailedIsCountedAndLeavesTheTokenInUse() {
    // given
    var connection = connected("ads_read");

    // when
    var first = connection.refreshFailed(RefreshFailure.UNAVAILABLE, LATER);
    var second = connection.refreshFailed(RefreshFailure.APP, LATER);

    // then
    assertThat(List.of(first, second)).containsExactly(1, 2);
    assertThat(connection.revision()).isEqualTo(3);
    assertThat(connection.isUsable()).isTrue();
    assertThat(connection.lastRefreshFailedFor(RefreshFailure.APP)).isTrue();
    assertThat(connection.lastRefreshFailedFor(RefreshFailure.UNAVAILABLE)).isFalse();
    assertThat(connection.refreshMaySucceed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = RefreshFailure.class,
      names = {"NOT_EXTENDED", "REFUSED", "REJECTED", "ALREADY_EXPIRED"})
  void someFailuresEndTheSameWayAgain(RefreshFailure why) {
    // given
    var connection = connected("ads_read");

    // when
    connection.refreshFailed(why, LATER);

    // then
    assertThat(connection.refreshMaySucceed()).isFalse();
  }

  @Test
  void failuresAreForgottenWithTheTokenTheyConcerned() {
    // given
    var connection = connected("ads_read");
    for (int day = 0; day < 4; day++) {
      connection.refreshFailed(RefreshFailure.UNAVAILABLE, LATER.plus(Duration.ofDays(day)));
    }
    assertThat(connection.refreshMaySucceed()).isFalse();

    // when
    connection.reconnected(token("ads_read"), TestConnections.POLICY, LATER);

    // then
    assertThat(connection.lastRefreshFailedFor(RefreshFailure.UNAVAILABLE)).isFalse();
    assertThat(connection.refreshFailed(RefreshFailure.UNAVAILABLE, LATER)).isEqualTo(1);
    assertThat(connection.refreshMaySucceed()).isTrue();
  }

  @Test
  void onlyALivingTokenOfAPersonThatEndsCanBeExchanged() {
    // given
    var dead = connected("ads_read");
    dead.expired(Reason.REVOKED, LATER);

    // then
    assertThat(dead.refreshMaySucceed()).isFalse();
    assertThat(first(TokenType.USER, null).refreshMaySucceed()).isFalse();
    assertThat(first(TokenType.PAGE, END).refreshMaySucceed()).isFalse();
    assertThat(first(TokenType.SYSTEM_USER, END).refreshMaySucceed()).isTrue();
  }

  // ---- its end

  @Test
  void anEndTakesTheTokenAndLeavesTheHealthAsItWas() {
    // given
    var connection = connected("ads_read");
    connection.checkpoint(NOW);
    connection.readClocks(END.minusSeconds(1));
    var revision = connection.revision();

    // when
    connection.ended(Lifecycle.ARCHIVED);

    // then
    assertThat(connection.lifecycle()).isEqualTo(Lifecycle.ARCHIVED);
    assertThat(connection.isUsable()).isFalse();
    assertThat(connection.generation()).isEqualTo(2);
    assertThat(connection.revision()).isEqualTo(revision + 1);
    assertThat(connection.hasAnswered(revision)).isTrue();
    assertThat(connection.health().tokenStatus()).isEqualTo(TokenStatus.ACTIVE);
    assertThat(connection.health().capabilities().values()).containsOnly(false);
    assertThat(connection.health().conditions())
        .extracting(Condition::condition)
        .containsExactly(ConditionKind.CHECKPOINT);
    assertThat(connection.nextClockAt()).isEmpty();
  }

  @Test
  void toBeConnectedIsNoEnd() {
    // given
    var connection = connected("ads_read");

    // then
    assertThatThrownBy(() -> connection.ended(Lifecycle.CONNECTED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(connection.generation()).isEqualTo(1);
  }

  @Test
  void whatBecameOfTheTokenAtMetaIsARevisionOfItsOwn() {
    // given
    var connection = connected("ads_read");
    connection.ended(Lifecycle.DISCONNECTED);

    // when
    connection.endSettled();

    // then
    assertThat(connection.revision()).isEqualTo(3);
    assertThat(connection.generation()).isEqualTo(2);
  }

  @Test
  void whoWantsToBeForgottenIsSomebodyNewLater() {
    // given
    var chosen = new Grants(List.of(new GranularScope("ads_read", List.of("17"))));
    var connection =
        Connection.first(
            ID.value(),
            WorkspaceId.of("demo"),
            "ann",
            sharing(chosen),
            TestConnections.POLICY,
            NOW);

    // when
    connection.forgetPerson();

    // then
    assertThat(connection.grants()).isEqualTo(new Grants(List.of()));
    assertThat(connection.metaUserId()).isEqualTo("deleted-" + ID);
    assertThat(connection.label()).isEqualTo("Deleted person");
    assertThat(connection.belongsTo("1200000000000001", "7")).isFalse();
  }

  private static Connection connected(String... scopes) {
    return Connection.first(
        ID.value(), WorkspaceId.of("demo"), "ann", token(scopes), TestConnections.POLICY, NOW);
  }

  private static Connection first(TokenType type, Instant end) {
    return Connection.first(
        ID.value(),
        WorkspaceId.of("demo"),
        "ann",
        token(type, end, null, "ads_read"),
        TestConnections.POLICY,
        NOW);
  }

  private static ConnectedToken token(String... scopes) {
    return token(null, scopes);
  }

  private static ConnectedToken token(ScopeProfile profile, String... scopes) {
    return token(TokenType.USER, END, profile, scopes);
  }

  private static ConnectedToken token(
      TokenType type, Instant end, ScopeProfile profile, String... scopes) {
    return token(type, end, new Grants(List.of()), profile, scopes);
  }

  private static ConnectedToken sharing(Grants grants) {
    return token(TokenType.USER, END, grants, null, "ads_read");
  }

  private static ConnectedToken token(
      TokenType type, Instant end, Grants grants, ScopeProfile profile, String... scopes) {
    return new ConnectedToken(
        AccessToken.of("not-a-token"),
        "1200000000000001",
        "7",
        "Ann",
        type,
        List.of(scopes),
        end,
        null,
        grants,
        profile);
  }
}
