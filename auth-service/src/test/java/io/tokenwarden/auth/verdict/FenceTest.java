package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.LeaseHolder;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FenceTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final LeaseHolder HOLDER = new LeaseHolder(1);

  private final Connection connection =
      TestConnections.connected(WorkspaceId.of("demo"), new ConnectionId(new UUID(0, 1)), NOW);
  private final Question question =
      Question.about(connection, new OfToken(), Grounds.of("a test", NOW), NOW);

  @BeforeEach
  void asked() {
    question.claim(HOLDER, NOW);
  }

  @Test
  void theAnswerOfTheLatestAttemptAboutTheTokenInUseCounts() {
    assertThat(Fence.of(connection, question, 1, 1)).isEqualTo(Fence.CURRENT);
  }

  @Test
  void whoeverClaimedItLaterSettlesIt() {
    // given
    question.claim(HOLDER, NOW);

    // then
    assertThat(Fence.of(connection, question, 1, 1)).isEqualTo(Fence.SETTLED);
    assertThat(Fence.of(connection, question, 2, 1)).isEqualTo(Fence.CURRENT);
  }

  @Test
  void whatIsAnsweredIsNotAnsweredAgain() {
    // given
    question.answered("ALIVE", 2, NOW);

    // then
    assertThat(Fence.of(connection, question, 1, 1)).isEqualTo(Fence.SETTLED);
  }

  @Test
  void anAnswerAboutAReplacedTokenIsOutdated() {
    // given
    TestConnections.reconnect(connection, NOW);

    // then
    assertThat(Fence.of(connection, question, 1, 1)).isEqualTo(Fence.OUTDATED);
  }
}
