package io.tokenwarden.sync.health;

import static io.tokenwarden.contracts.ConditionKind.AD_ACCOUNT_UNAVAILABLE;
import static io.tokenwarden.contracts.ConditionKind.AUTH_EXPIRED;
import static io.tokenwarden.contracts.ConditionKind.BLOCKED_BY_META;
import static io.tokenwarden.contracts.ConditionKind.CHECKPOINT;
import static io.tokenwarden.contracts.ConditionKind.EXPIRING;
import static io.tokenwarden.contracts.ConditionKind.MISSING_SCOPE;
import static io.tokenwarden.contracts.ConditionKind.RECONNECT_REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.States;
import io.tokenwarden.sync.health.Readability.ReadableVia;
import io.tokenwarden.sync.health.Readability.Unknown;
import io.tokenwarden.sync.health.Readability.Unreadable;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadabilityTest {
  private static final WorkspaceId WORKSPACE = WorkspaceId.of("demo");
  private static final AdAccountId ACCOUNT = AdAccountId.of("42");
  private static final ConnectionId ONE = new ConnectionId(new UUID(0, 1));
  private static final ConnectionId TWO = new ConnectionId(new UUID(0, 2));

  @Test
  void readsThroughTheFirstConnectionThatCan() {
    // when
    var readability = Readability.of(List.of(active(TWO), active(ONE)));

    // then
    assertThat(readability).isEqualTo(new ReadableVia(ONE));
  }

  @Test
  void isBlockedOnlyIfNoConnectionCanRead() {
    // when
    var readability = Readability.of(List.of(expired(ONE), active(TWO)));

    // then
    assertThat(readability).isEqualTo(new ReadableVia(TWO));
  }

  @Test
  void namesTheCausesOfEveryConnection() {
    // when
    var readability = Readability.of(List.of(unavailable(TWO), expired(ONE)));

    // then
    assertThat(causes(readability)).containsExactly(AUTH_EXPIRED, AD_ACCOUNT_UNAVAILABLE);
  }

  @Test
  void aCheckpointBlocksThoughTheTokenIsActive() {
    // when
    var readability =
        Readability.of(List.of(cover(ONE, health(TokenStatus.ACTIVE, true, of(CHECKPOINT)))));

    // then
    assertThat(causes(readability)).containsExactly(CHECKPOINT);
  }

  @Test
  void whatDoesNotConcernReadingDoesNotBlockIt() {
    // when
    var health =
        health(TokenStatus.ACTIVE, true, of(BLOCKED_BY_META), of(EXPIRING), of(MISSING_SCOPE));

    // then
    assertThat(Readability.of(List.of(cover(ONE, health)))).isEqualTo(new ReadableVia(ONE));
  }

  @Test
  void aMissingScopeBlocksIfItCarriesReading() {
    // when
    var health = health(TokenStatus.ACTIVE, false, of(MISSING_SCOPE), of(EXPIRING));

    // then
    assertThat(causes(Readability.of(List.of(cover(ONE, health))))).containsExactly(MISSING_SCOPE);
  }

  @Test
  void aConnectionThatWasEndedBlocksAndSaysSo() {
    // given
    var ended = States.health(TokenStatus.ACTIVE, Lifecycle.DISCONNECTED, false);

    // when
    var readability = Readability.of(List.of(cover(ONE, ended)));

    // then
    assertThat(causes(readability)).containsExactly(RECONNECT_REQUIRED);
  }

  @Test
  void ofAConnectionThatWasEndedOnlyThatMatters() {
    // given
    var ended = States.health(TokenStatus.EXPIRED, Lifecycle.ARCHIVED, false, of(AUTH_EXPIRED));
    var state = States.state(WORKSPACE, ONE, 2, 3, ended);
    var lost = States.adAccount(WORKSPACE, ONE, ACCOUNT, 2, false, null);

    // when
    var readability = Readability.of(List.of(new Cover(state, lost)));

    // then
    assertThat(causes(readability)).containsExactly(RECONNECT_REQUIRED);
  }

  @Test
  void saysNothingOfAConnectionThatWasEndedWhileAnotherIsInUse() {
    // given
    var ended = States.health(TokenStatus.ACTIVE, Lifecycle.ARCHIVED, false);

    // when
    var readability = Readability.of(List.of(cover(ONE, ended), expired(TWO)));

    // then
    assertThat(((Unreadable) readability).causes())
        .extracting(Condition::condition, Condition::connectionId)
        .containsExactly(tuple(AUTH_EXPIRED, TWO));
  }

  @Test
  void namesALostAccountOnceThoughItsConnectionTellsOfItToo() {
    // given
    var lost = States.adAccount(WORKSPACE, ONE, ACCOUNT, 2, false, null);
    var told = States.health(TokenStatus.ACTIVE, Lifecycle.CONNECTED, true, lost.cause());

    // when
    var readability =
        Readability.of(List.of(new Cover(States.state(WORKSPACE, ONE, 1, 2, told), lost)));

    // then
    assertThat(causes(readability)).containsExactly(AD_ACCOUNT_UNAVAILABLE);
  }

  @Test
  void anAccountThatIsThereAgainIsReadThoughItsConnectionStillTellsOfItsLoss() {
    // given
    var lost = States.adAccount(WORKSPACE, ONE, ACCOUNT, 2, false, null);
    var told = States.health(TokenStatus.ACTIVE, Lifecycle.CONNECTED, true, lost.cause());

    // when
    var readability = Readability.of(List.of(cover(ONE, told)));

    // then
    assertThat(readability).isEqualTo(new ReadableVia(ONE));
  }

  @Test
  void alwaysNamesACauseEvenIfTheStateNamesNone() {
    // when
    var expired = Readability.of(List.of(cover(ONE, health(TokenStatus.EXPIRED, false))));
    var inactive = Readability.of(List.of(cover(ONE, health(TokenStatus.INACTIVE, false))));
    var powerless = Readability.of(List.of(cover(ONE, health(TokenStatus.ACTIVE, false))));

    // then
    assertThat(causes(expired)).containsExactly(AUTH_EXPIRED);
    assertThat(causes(inactive)).containsExactly(RECONNECT_REQUIRED);
    assertThat(causes(powerless)).containsExactly(MISSING_SCOPE);
  }

  @Test
  void saysNothingAboutAnAccountThatNobodyCoversYet() {
    assertThat(Readability.of(List.of())).isEqualTo(new Unknown());
  }

  private static Cover active(ConnectionId connection) {
    return new Cover(States.active(WORKSPACE, connection, 1, 1), available(connection));
  }

  private static Cover expired(ConnectionId connection) {
    return new Cover(States.expired(WORKSPACE, connection, 1, 2), available(connection));
  }

  private static Cover unavailable(ConnectionId connection) {
    return new Cover(
        States.active(WORKSPACE, connection, 1, 1),
        States.adAccount(WORKSPACE, connection, ACCOUNT, 2, false, null));
  }

  private static Cover cover(ConnectionId connection, Health health) {
    return new Cover(States.state(WORKSPACE, connection, 1, 1, health), available(connection));
  }

  private static AssetState available(ConnectionId connection) {
    return States.adAccount(WORKSPACE, connection, ACCOUNT, 1);
  }

  private static Health health(TokenStatus status, boolean canRead, Condition... conditions) {
    return States.health(status, Lifecycle.CONNECTED, canRead, conditions);
  }

  private static Condition of(ConditionKind kind) {
    return States.condition(ONE, kind, null, Remedy.RECONNECT);
  }

  private static List<ConditionKind> causes(Readability readability) {
    return readability instanceof Unreadable(var causes)
        ? causes.stream().map(Condition::condition).toList()
        : List.of();
  }
}
