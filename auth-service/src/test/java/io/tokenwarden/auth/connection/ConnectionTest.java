package io.tokenwarden.auth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

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

  private static Connection connected(String... scopes) {
    return Connection.first(
        UUID.fromString("01931f3e-7c00-7000-8000-000000000001"),
        WorkspaceId.of("demo"),
        "ann",
        token(scopes),
        TestConnections.POLICY,
        NOW);
  }

  private static ConnectedToken token(String... scopes) {
    return new ConnectedToken(
        AccessToken.of("not-a-token"),
        "1200000000000001",
        "7",
        "Ann",
        TokenType.USER,
        List.of(scopes),
        NOW.plusSeconds(5_000_000),
        null,
        new Grants(List.of()),
        null);
  }
}
