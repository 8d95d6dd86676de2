package io.tokenwarden.refresher.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DemandTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Duration WINDOW = Duration.ofDays(7);
  private static final Duration SPREAD = Duration.ofHours(12);
  private static final Demand DEMAND = new Demand(WINDOW, SPREAD);

  private final ConnectionId connection = new ConnectionId(UUID.randomUUID());

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PAGE")
  void whateverHasAnEndIsRefreshedAWindowBeforeIt(TokenType type) {
    // given
    var end = NOW.plus(Duration.ofDays(60));

    // when
    var wanted = DEMAND.of(state(type, alive(end)));

    // then
    assertThat(wanted)
        .extracting(Wanted::kind)
        .containsExactly(WorkKind.ACCESS_CHECK, WorkKind.REFRESH);
    assertThat(wanted.getLast().from())
        .isBetween(end.minus(WINDOW), end.minus(WINDOW).plus(SPREAD));
    assertThat(wanted.getLast().generation()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void whatNeverEndsIsNotRefreshed(TokenType type) {
    assertThat(DEMAND.of(state(type, alive(null))))
        .extracting(Wanted::kind)
        .containsExactly(WorkKind.ACCESS_CHECK);
  }

  @Test
  void aPageTokenIsNotRefreshedForItCannotBeExchanged() {
    assertThat(DEMAND.of(state(TokenType.PAGE, alive(NOW.plus(WINDOW)))))
        .extracting(Wanted::kind)
        .containsExactly(WorkKind.ACCESS_CHECK);
  }

  @Test
  void aSystemUsersTokenThatIsOldIsRotated() {
    // given
    var end = NOW.plus(Duration.ofDays(14));

    // when
    var wanted = DEMAND.of(state(TokenType.SYSTEM_USER, old(ExpiryClock.ROTATION_POLICY, end)));

    // then
    assertThat(wanted)
        .extracting(Wanted::kind)
        .containsExactly(WorkKind.ACCESS_CHECK, WorkKind.ROTATION);
    assertThat(wanted.getLast().from()).isBetween(end, end.plus(SPREAD));
  }

  @Test
  void whatOnlyAPersonCanReplaceIsNotRotated() {
    assertThat(DEMAND.of(state(TokenType.USER, old(ExpiryClock.ROTATION_POLICY, NOW))))
        .extracting(Wanted::kind)
        .containsExactly(WorkKind.ACCESS_CHECK);
  }

  @Test
  void theEndOfDataAccessIsNoReasonToRotate() {
    assertThat(DEMAND.of(state(TokenType.SYSTEM_USER, old(ExpiryClock.DATA_ACCESS, NOW))))
        .extracting(Wanted::kind)
        .containsExactly(WorkKind.ACCESS_CHECK);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ACTIVE")
  void nothingIsDueForADeadToken(TokenStatus status) {
    assertThat(
            DEMAND.of(state(TokenType.USER, health(status, Lifecycle.CONNECTED, NOW, List.of()))))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONNECTED")
  void nothingIsDueForAConnectionThatWasEnded(Lifecycle lifecycle) {
    assertThat(
            DEMAND.of(state(TokenType.USER, health(TokenStatus.ACTIVE, lifecycle, NOW, List.of()))))
        .isEmpty();
  }

  /// Twelve slots of an hour, 12,000 connections whose tokens end at the same moment: an even
  /// spread has 1,000 in each, give or take four times its deviation of about 30.
  @Test
  void tokensThatEndTogetherAreRefreshedOneByOne() {
    // given
    var random = new Random(7);
    var end = NOW.plus(Duration.ofDays(60));
    var hours = new int[12];

    // when
    for (int i = 0; i < 12_000; i++) {
      var id = new ConnectionId(new UUID(random.nextLong(), random.nextLong()));
      var from = DEMAND.of(state(id, TokenType.USER, alive(end))).getLast().from();
      hours[(int) Duration.between(end.minus(WINDOW), from).toHours()]++;
    }

    // then
    assertThat(Arrays.stream(hours)).allMatch(each -> each > 880 && each < 1120);
  }

  @Test
  void aConnectionKeepsItsPlace() {
    // given
    var first = DEMAND.of(state(TokenType.USER, alive(NOW))).getLast().from();

    // when
    var sixtyDaysLater =
        DEMAND.of(state(TokenType.USER, alive(NOW.plus(Duration.ofDays(60))))).getLast().from();

    // then
    assertThat(Duration.between(first, sixtyDaysLater)).isEqualTo(Duration.ofDays(60));
  }

  private ConnectionState state(TokenType type, Health health) {
    return state(connection, type, health);
  }

  private static ConnectionState state(ConnectionId connection, TokenType type, Health health) {
    return new ConnectionState(
        WorkspaceId.of("demo"), connection, 3, 5, "4711", "1000001", type, NOW, health);
  }

  private static Health alive(Instant end) {
    return health(TokenStatus.ACTIVE, Lifecycle.CONNECTED, end, List.of());
  }

  private Health old(ExpiryClock clock, Instant end) {
    var expiring =
        new Condition(ConditionKind.EXPIRING, null, clock.name(), connection, null, NOW, end);
    return health(
        TokenStatus.ACTIVE, Lifecycle.CONNECTED, null, new ArrayList<>(List.of(expiring)));
  }

  private static Health health(
      TokenStatus status, Lifecycle lifecycle, Instant end, List<Condition> conditions) {
    return Health.of(status, lifecycle, conditions, Map.of(), end, null, List.of(), null);
  }
}
