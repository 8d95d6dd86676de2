package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final WorkspaceId WORKSPACE = WorkspaceId.of("demo");
  private static final ConnectionId ID = new ConnectionId(new UUID(0, 1));

  private final Connection connection = TestConnections.connected(WORKSPACE, ID, NOW);

  @ParameterizedTest
  @EnumSource(Suspicion.class)
  void whatIsSeenOfTheCurrentTokenIsNew(Suspicion suspicion) {
    assertThat(Weight.of(connection, seen(1, 1, suspicion))).isEqualTo(Weight.NEW);
  }

  @Test
  void ofAConnectionThatDoesNotExistNothingIsBelieved() {
    assertThat(Weight.of(null, seen(1, 1, Suspicion.TOKEN))).isEqualTo(Weight.UNKNOWN);
  }

  @Test
  void ofAConnectionInAnotherWorkspaceNothingIsBelieved() {
    // given
    var foreign = TestConnections.connected(WorkspaceId.of("foreign"), ID, NOW);

    // then
    assertThat(Weight.of(foreign, seen(1, 1, Suspicion.TOKEN))).isEqualTo(Weight.UNKNOWN);
  }

  @Test
  void whatWasSeenOfAReplacedTokenIsStale() {
    // given
    TestConnections.reconnect(connection, NOW);

    // then
    assertThat(Weight.of(connection, seen(1, 2, Suspicion.TOKEN))).isEqualTo(Weight.STALE);
    assertThat(Weight.of(connection, seen(3, 2, Suspicion.TOKEN))).isEqualTo(Weight.STALE);
  }

  @ParameterizedTest
  @EnumSource(Suspicion.class)
  void ofATokenThatIsKnownToBeDeadNothingMoreNeedsToBeKnown(Suspicion suspicion) {
    // given
    connection.expired(Reason.REVOKED, NOW);

    // then
    assertThat(Weight.of(connection, seen(1, 2, suspicion))).isEqualTo(Weight.ANSWERED);
  }

  @Test
  void whetherTheTokenLivesIsAnsweredIfMetaWasAskedSince() {
    // given
    connection.verified(NOW);

    // then
    assertThat(Weight.of(connection, seen(1, 1, Suspicion.TOKEN))).isEqualTo(Weight.ANSWERED);
    assertThat(Weight.of(connection, seen(1, 2, Suspicion.TOKEN))).isEqualTo(Weight.NEW);
    assertThat(Weight.of(connection, seen(1, 1, Suspicion.PERMISSIONS))).isEqualTo(Weight.NEW);
  }

  @Test
  void aBlockIsNoNewsWhileItLasts() {
    // given
    connection.blocked(NOW.plusSeconds(60), NOW);

    // then
    assertThat(Weight.of(connection, seen(1, 2, Suspicion.BLOCK))).isEqualTo(Weight.ANSWERED);
    assertThat(Weight.of(connection, seen(1, 2, Suspicion.TOKEN))).isEqualTo(Weight.NEW);
  }

  private static TokenSuspected seen(long generation, long revision, Suspicion suspicion) {
    return new TokenSuspected(
        WORKSPACE,
        ID,
        generation,
        revision,
        "1",
        "7",
        TokenType.USER,
        NOW,
        ErrorCategory.TOKEN_INVALIDATED,
        Answers.ERROR,
        "/me",
        null,
        suspicion);
  }
}
