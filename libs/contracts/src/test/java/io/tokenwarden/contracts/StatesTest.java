package io.tokenwarden.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.contracts.ConnectionEvent.TokenExpired;
import io.tokenwarden.contracts.ConnectionEvent.TokenRefreshFailed;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleBlocked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a state says of itself, and what cannot be said.
class StatesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");
  private static final WorkspaceId WORKSPACE = WorkspaceId.of("demo");
  private static final ConnectionId ID = ConnectionId.of("01931f3e-7c00-7000-8000-000000000001");

  @Test
  void longListsAreCutAndTheirTotalsSaid() {
    // given
    var scopes = IntStream.range(0, 101).mapToObj(n -> "scope_" + n).toList();
    var lost = IntStream.range(0, 103).mapToObj(n -> lost("" + n)).toList();

    // when
    var health = health(lost, scopes);

    // then
    assertThat(health.conditions()).isEqualTo(lost.subList(0, 100));
    assertThat(health.conditionsTotal()).isEqualTo(103);
    assertThat(health.scopes()).isEqualTo(scopes.subList(0, 100));
    assertThat(health.scopesTotal()).isEqualTo(101);
  }

  @Test
  void whatIsShortEnoughIsSaidInFull() {
    // given
    var scopes = IntStream.range(0, 100).mapToObj(n -> "scope_" + n).toList();

    // then
    assertThat(health(List.of(), scopes).scopes()).isEqualTo(scopes);
  }

  @Test
  void theAdAccountsOfADeadTokenAreCutToo() {
    // given
    var affected = IntStream.range(0, 101).mapToObj(n -> AdAccountId.of("" + n)).toList();

    // when
    var expired = TokenExpired.of(state(), Reason.REVOKED, Remedy.RECONNECT, null, affected);

    // then
    assertThat(expired.affectedAdAccounts()).isEqualTo(affected.subList(0, 100));
    assertThat(expired.affectedAdAccountsTotal()).isEqualTo(101);
  }

  @Test
  void aCapabilityOfWhichNothingIsSaidIsNotThere() {
    // given
    var health = health(List.of(), List.of());

    // then
    assertThat(health.can(Capability.READ_INSIGHTS)).isTrue();
    assertThat(health.can(Capability.WRITE_ADS)).isFalse();
  }

  @Test
  void aConditionIsFoundByItsKind() {
    // given
    var health = health(List.of(lost("17")), List.of());

    // then
    assertThat(health.condition(ConditionKind.AD_ACCOUNT_UNAVAILABLE)).contains(lost("17"));
    assertThat(health.condition(ConditionKind.CHECKPOINT)).isEmpty();
  }

  @Test
  void attemptsAreCountedFromOne() {
    assertThat(failed(1).attempt()).isEqualTo(1);
    assertThatThrownBy(() -> failed(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static TokenRefreshFailed failed(int attempt) {
    return new TokenRefreshFailed(state(), RefreshFailure.UNAVAILABLE, null, attempt, null);
  }

  @Test
  void aBlockedScheduleAlwaysNamesItsCause() {
    assertThatThrownBy(
            () -> new ScheduleBlocked(WORKSPACE, AdAccountId.of("17"), 1, NOW, List.of(), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAssetHasACauseExactlyIfItIsUnavailable() {
    assertThatThrownBy(() -> asset(true, lost("17"), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> asset(false, null, null)).isInstanceOf(IllegalArgumentException.class);
    assertThat(asset(false, lost("17"), null).cause()).isEqualTo(lost("17"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PAGE", "CATALOG"})
  void aKindWhoseLossIsNoConditionIsUnavailableWithoutACause(AssetType type) {
    assertThat(asset(type, false, null, null).available()).isFalse();
    assertThatThrownBy(() -> asset(type, false, lost("17"), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> asset(type, true, lost("17"), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void olderWritersSaidNothingOfAssetsBeyondWhatWasShared() {
    assertThat(asset(true, null, null).beyondGrant()).isFalse();
    assertThat(asset(true, null, true).beyondGrant()).isTrue();
  }

  private static AssetState asset(boolean available, Condition cause, Boolean beyondGrant) {
    return asset(AssetType.AD_ACCOUNT, available, cause, beyondGrant);
  }

  private static AssetState asset(
      AssetType type, boolean available, Condition cause, Boolean beyondGrant) {
    return new AssetState(
        WORKSPACE,
        ID,
        1,
        1,
        "1",
        NOW,
        type,
        "17",
        "An ad account",
        available,
        cause,
        null,
        null,
        null,
        null,
        beyondGrant);
  }

  private static ConnectionState state() {
    return new ConnectionState(
        WORKSPACE, ID, 1, 1, "1", "7", TokenType.USER, NOW, health(List.of(), List.of()));
  }

  private static Health health(List<Condition> conditions, List<String> scopes) {
    return Health.of(
        TokenStatus.ACTIVE,
        Lifecycle.CONNECTED,
        conditions,
        Map.of(Capability.READ_INSIGHTS, true),
        null,
        null,
        scopes,
        NOW);
  }

  private static Condition lost(String asset) {
    return new Condition(
        ConditionKind.AD_ACCOUNT_UNAVAILABLE,
        Reason.NOT_ASSIGNED,
        asset,
        ID,
        Remedy.ASSIGN_ASSET,
        NOW,
        null);
  }
}
