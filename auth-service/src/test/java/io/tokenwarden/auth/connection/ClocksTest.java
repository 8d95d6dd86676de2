package io.tokenwarden.auth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClocksTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(60));

  @ParameterizedTest
  @CsvSource({
    "14d, 14", "13d, 14", "7d, 7", "6d, 7", "3d, 3", "2d, 3", "1d, 1", "1h, 1", "0s, 1", "-1d, 1"
  })
  void theNearestThresholdThatIsPassedCounts(String left, int threshold) {
    assertThat(Clocks.threshold(END, END.minus(duration(left)))).contains(threshold);
  }

  @Test
  void longBeforeTheEndThereIsNothingToSay() {
    assertThat(Clocks.threshold(END, END.minus(Duration.ofDays(14)).minusSeconds(1))).isEmpty();
  }

  @Test
  void theNextMomentIsTheNearestThresholdOfAnyClock() {
    // given
    var clocks = Clocks.of(END, END.plus(Duration.ofDays(3)), null);

    // then
    assertThat(clocks.nextAfter(NOW)).contains(END.minus(Duration.ofDays(14)));
    assertThat(clocks.nextAfter(END.minus(Duration.ofDays(14))))
        .contains(END.minus(Duration.ofDays(11)));
    assertThat(clocks.nextAfter(END.minusSeconds(1))).contains(END);
    assertThat(clocks.nextAfter(END.plus(Duration.ofDays(3)))).isEmpty();
  }

  @Test
  void whatNeverEndsHasNoClockButOurOwn() {
    // given
    var clocks = Clocks.of(null, null, END);

    // then
    assertThat(clocks.ends()).containsOnlyKeys(ExpiryClock.ROTATION_POLICY);
    assertThat(clocks.isOver(END.plusSeconds(1))).isFalse();
  }

  @Test
  void aTokenThatCanStillBeRefreshedNeedsNobody() {
    // given
    var connection = connected(END, null, TokenType.USER);

    // when
    var reading = connection.readClocks(END.minus(Duration.ofDays(5)));

    // then
    assertThat(reading.changed()).isTrue();
    assertThat(reading.told()).isEmpty();
    assertThat(expiring(connection)).hasValueSatisfying(c -> assertThat(c.remedy()).isNull());
  }

  @Test
  void onceARefreshMovedNothingThePersonIsToldAtEachThresholdOnce() {
    // given
    var connection = connected(END, null, TokenType.USER);
    connection.refreshFailed(RefreshFailure.NOT_EXTENDED, NOW);

    // then
    assertThat(toldAt(connection, 14)).isEqualTo(Map.of(ExpiryClock.TOKEN, 14));
    assertThat(toldAt(connection, 13)).isEmpty();
    assertThat(toldAt(connection, 7)).isEqualTo(Map.of(ExpiryClock.TOKEN, 7));
    assertThat(toldAt(connection, 3)).isEqualTo(Map.of(ExpiryClock.TOKEN, 3));
    assertThat(toldAt(connection, 1)).isEqualTo(Map.of(ExpiryClock.TOKEN, 1));
    assertThat(toldAt(connection, 0)).isEmpty();
    assertThat(expiring(connection))
        .hasValueSatisfying(c -> assertThat(c.remedy()).isEqualTo(Remedy.RECONNECT));
  }

  @Test
  void whoOnlyLearnsOfItLateIsToldTheNearestThresholdAlone() {
    // given
    var connection = connected(END, null, TokenType.PAGE);

    // then
    assertThat(toldAt(connection, 2)).isEqualTo(Map.of(ExpiryClock.TOKEN, 3));
  }

  @Test
  void aFourthDayOfFailuresIsAPersonsMatter() {
    // given
    var connection = connected(END, null, TokenType.USER);

    // when
    for (int day = 0; day < 3; day++) {
      connection.refreshFailed(RefreshFailure.UNAVAILABLE, NOW.plus(Duration.ofDays(day)));
    }

    // then
    assertThat(connection.refreshMaySucceed()).isTrue();

    // and when
    connection.refreshFailed(RefreshFailure.UNAVAILABLE, NOW.plus(Duration.ofDays(3)));

    // then
    assertThat(connection.refreshMaySucceed()).isFalse();
  }

  @Test
  void anOutageIsOneDayOfFailuresHoweverOftenItWasTried() {
    // given
    var connection = connected(END, null, TokenType.USER);
    var midnight = Instant.parse("2026-11-22T00:00:00Z");

    // when
    for (int minutes = 1; minutes < 60; minutes++) {
      connection.refreshFailed(
          RefreshFailure.UNAVAILABLE, midnight.minus(Duration.ofMinutes(minutes)));
    }

    // then
    assertThat(connection.refreshMaySucceed()).isTrue();
  }

  @Test
  void aRefreshWindsTheClocksAgain() {
    // given
    var connection = connected(END, null, TokenType.USER);
    connection.refreshFailed(RefreshFailure.NOT_EXTENDED, NOW);
    toldAt(connection, 7);

    // when
    var later = END.plus(Duration.ofDays(60));
    connection.refreshed(
        token(later, null, TokenType.USER), TestConnections.POLICY, END.minus(Duration.ofDays(7)));

    // then
    assertThat(expiring(connection)).isEmpty();
    assertThat(connection.generation()).isEqualTo(2);
    assertThat(connection.refreshMaySucceed()).isTrue();
    assertThat(connection.readClocks(END).changed()).isFalse();
  }

  @Test
  void onlyAPersonsLoginRenewsAccessToData() {
    // given
    var connection = connected(null, END, TokenType.USER);

    // then
    assertThat(toldAt(connection, 7)).isEqualTo(Map.of(ExpiryClock.DATA_ACCESS, 7));
  }

  @Test
  void aSystemUsersTokenIsReplacedWithoutAnybody() {
    // given
    var connection = connected(null, null, TokenType.SYSTEM_USER);

    // when
    var reading = connection.readClocks(NOW.plus(Duration.ofDays(80)));

    // then
    assertThat(reading.told()).isEmpty();
    assertThat(expiring(connection).map(Condition::subject)).contains("ROTATION_POLICY");
  }

  @Test
  void afterTheEndMetaIsAskedAndNothingIsTakenForGranted() {
    // given
    var connection = connected(END, null, TokenType.USER);

    // when
    var reading = connection.readClocks(END);

    // then
    assertThat(reading.over()).isTrue();
    assertThat(connection.isUsable()).isTrue();
  }

  @Test
  void aBlockEndsWithItsTime() {
    // given
    var connection = connected(END, null, TokenType.USER);
    connection.blocked(NOW.plusSeconds(3600), NOW);

    // then
    assertThat(connection.readClocks(NOW.plusSeconds(3599)).changed()).isFalse();
    assertThat(connection.readClocks(NOW.plusSeconds(3600)).changed()).isTrue();
    assertThat(connection.health().conditions()).isEmpty();
  }

  @Test
  void theClocksOfADeadTokenAreSilent() {
    // given
    var connection = connected(END, null, TokenType.USER);
    connection.disabled(Reason.UNVERIFIABLE, NOW);

    // when
    var reading = connection.readClocks(END);

    // then
    assertThat(reading).isEqualTo(new ClockReading(false, Map.of(), false));
  }

  // ---- when they are read next

  @Test
  void theyAreReadAgainWhenTheNextThingIsToBeSaid() {
    // given
    var connection = connected(END, null, TokenType.USER);

    // then
    assertThat(connection.nextClockAt()).contains(END.minus(Duration.ofDays(14)));

    // and when
    connection.readClocks(END.minus(Duration.ofDays(14)));

    // then
    assertThat(connection.nextClockAt()).contains(END.minus(Duration.ofDays(7)));

    // and when
    connection.readClocks(END);

    // then
    assertThat(connection.nextClockAt()).isEmpty();
  }

  @Test
  void theyAreReadAtOnceIfSomethingIsToBeSaidAlready() {
    // when
    var connection = connected(NOW.plus(Duration.ofDays(10)), null, TokenType.USER);

    // then
    assertThat(connection.nextClockAt()).contains(NOW);

    // and when
    connection.readClocks(NOW);

    // then
    assertThat(connection.nextClockAt()).contains(NOW.plus(Duration.ofDays(3)));
  }

  @Test
  void theyAreReadWhenAConditionEndsByItself() {
    // given
    var connection = connected(END, null, TokenType.USER);
    var until = NOW.plusSeconds(3600);

    // when
    connection.blocked(until, NOW);

    // then
    assertThat(connection.nextClockAt()).contains(until);

    // and when
    connection.readClocks(until);

    // then
    assertThat(connection.nextClockAt()).contains(END.minus(Duration.ofDays(14)));
  }

  @Test
  void whatMetaSaysOfTheEndsMovesThem() {
    // given
    var connection = connected(END, null, TokenType.USER);
    var later = END.plus(Duration.ofDays(30));

    // when
    connection.endsAt(later, END, NOW);

    // then
    assertThat(connection.expiresAt()).contains(later);
    assertThat(connection.dataAccessExpiresAt()).contains(END);
    assertThat(connection.nextClockAt()).contains(END.minus(Duration.ofDays(14)));

    // and when
    connection.endsAt(null, null, NOW);

    // then
    assertThat(connection.nextClockAt()).isEmpty();
  }

  @Test
  void whatIsSaidOfAClockThatHasMovedIsTakenBackAtOnce() {
    // given
    var connection = connected(END, null, TokenType.USER);
    var shortlyBefore = END.minus(Duration.ofDays(5));
    connection.readClocks(shortlyBefore);
    var later = END.plus(Duration.ofDays(30));

    // when
    connection.endsAt(later, null, shortlyBefore);

    // then
    assertThat(connection.nextClockAt()).contains(shortlyBefore);

    // and when
    var reading = connection.readClocks(shortlyBefore);

    // then
    assertThat(reading.changed()).isTrue();
    assertThat(expiring(connection)).isEmpty();
    assertThat(connection.nextClockAt()).contains(later.minus(Duration.ofDays(14)));
  }

  @Test
  void whatIsSaidOfAClockThatStoppedIsTakenBackAtOnce() {
    // given
    var connection = connected(END, null, TokenType.USER);
    var shortlyBefore = END.minus(Duration.ofDays(5));
    connection.readClocks(shortlyBefore);

    // when
    connection.endsAt(null, null, shortlyBefore);

    // then
    assertThat(connection.nextClockAt()).contains(shortlyBefore);
    assertThat(connection.readClocks(shortlyBefore).changed()).isTrue();
    assertThat(expiring(connection)).isEmpty();
  }

  @Test
  void theClocksOfADeadTokenAreNotReadAgain() {
    // given
    var connection = connected(END, null, TokenType.USER);
    connection.expired(Reason.REVOKED, NOW);
    connection.endsAt(END, null, NOW);

    // when
    connection.readClocks(END);

    // then
    assertThat(connection.nextClockAt()).isEmpty();
  }

  // ---- what they say

  @Test
  void readingThemTwiceSaysNothingNew() {
    // given
    var connection = connected(END, null, TokenType.USER);
    var then = END.minus(Duration.ofDays(5));
    connection.readClocks(then);
    var revision = connection.revision();

    // when
    var reading = connection.readClocks(then.plusSeconds(60));

    // then
    assertThat(reading).isEqualTo(new ClockReading(false, Map.of(), false));
    assertThat(connection.revision()).isEqualTo(revision);
    assertThat(expiring(connection))
        .hasValueSatisfying(condition -> {
          assertThat(condition.since()).isEqualTo(then);
          assertThat(condition.until()).isEqualTo(END);
          assertThat(condition.subject()).isEqualTo("TOKEN");
        });
  }

  @Test
  void whatSoonRunsOutIsANewRevision() {
    // given
    var connection = connected(END, null, TokenType.USER);

    // when
    connection.readClocks(END.minus(Duration.ofDays(5)));

    // then
    assertThat(connection.revision()).isEqualTo(2);
  }

  @Test
  void everyClockIsToldForItself() {
    // given
    var connection = connected(null, END, TokenType.USER);
    var rotation = NOW.plus(TestConnections.POLICY.rotateAfter());

    // then
    assertThat(toldAt(connection, 1)).isEqualTo(Map.of(ExpiryClock.DATA_ACCESS, 1));
    assertThat(connection.readClocks(rotation.minus(Duration.ofDays(3))).told())
        .isEqualTo(Map.of(ExpiryClock.ROTATION_POLICY, 3));
    assertThat(connection.readClocks(rotation.minus(Duration.ofDays(2))).told()).isEmpty();
  }

  @Test
  void aSystemUsersTokenThatMetaRefusesToReplaceIsAPersonsMatter() {
    // given
    var connection = connected(null, null, TokenType.SYSTEM_USER);
    var rotation = NOW.plus(TestConnections.POLICY.rotateAfter());

    // when
    connection.refreshFailed(RefreshFailure.REFUSED, NOW);

    // then
    assertThat(connection.readClocks(rotation.minus(Duration.ofDays(7))).told())
        .isEqualTo(Map.of(ExpiryClock.ROTATION_POLICY, 7));
  }

  @Test
  void aPersonsTokenThatNeverEndsIsReplacedByThePerson() {
    // given
    var connection = connected(null, null, TokenType.USER);
    var rotation = NOW.plus(TestConnections.POLICY.rotateAfter());

    // then
    assertThat(connection.readClocks(rotation).told())
        .isEqualTo(Map.of(ExpiryClock.ROTATION_POLICY, 1));
  }

  @Test
  void aTokenThatEndsByItselfNeedsNoPolicy() {
    // given
    var connection = connected(NOW.plus(Duration.ofDays(400)), null, TokenType.USER);

    // then
    assertThat(connection.readClocks(NOW.plus(Duration.ofDays(100))).changed()).isFalse();
  }

  @Test
  void aClockThatIsOverIsForMetaToConfirm() {
    // given
    var connection = connected(null, END, TokenType.USER);

    // then
    assertThat(connection.readClocks(END.minusSeconds(1)).over()).isFalse();
    assertThat(connection.readClocks(END).over()).isTrue();
  }

  private static Map<ExpiryClock, Integer> toldAt(Connection connection, int daysLeft) {
    return connection.readClocks(END.minus(Duration.ofDays(daysLeft))).told();
  }

  private static Optional<Condition> expiring(Connection connection) {
    return connection.health().condition(ConditionKind.EXPIRING);
  }

  private static Connection connected(Instant end, Instant dataAccessEnd, TokenType type) {
    return Connection.first(
        new UUID(0, 1),
        WorkspaceId.of("demo"),
        "ann",
        token(end, dataAccessEnd, type),
        TestConnections.POLICY,
        NOW);
  }

  private static ConnectedToken token(Instant end, Instant dataAccessEnd, TokenType type) {
    return new ConnectedToken(
        AccessToken.of("not-a-token"),
        "1200000000000001",
        "7",
        "Ann",
        type,
        List.of("ads_read"),
        end,
        dataAccessEnd,
        new Grants(List.of()),
        null);
  }

  private static Duration duration(String text) {
    var amount = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'd' -> Duration.ofDays(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
