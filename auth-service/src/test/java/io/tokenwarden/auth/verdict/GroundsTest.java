package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GroundsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void evidenceSaysWhichCallFailedAtWhichRevisionAndWhatMetaSaid() {
    // given
    var suspected =
        new TokenSuspected(
            WorkspaceId.of("demo"),
            new ConnectionId(new UUID(0, 1)),
            3,
            5,
            "1",
            "7",
            TokenType.USER,
            NOW,
            ErrorCategory.TOKEN_INVALIDATED,
            Answers.ERROR,
            "/act_17/insights",
            "17",
            Suspicion.TOKEN);

    // then
    assertThat(Grounds.of(suspected))
        .isEqualTo(new Grounds("graph-gateway", NOW, 5L, Answers.ERROR, "/act_17/insights"));
  }

  @Test
  void whatMetaSaidInPassingIsKept() {
    assertThat(Grounds.of("a listing", NOW, Answers.PASSWORD_CHANGED))
        .isEqualTo(new Grounds("a listing", NOW, null, Answers.ERROR, null));
    assertThat(Grounds.of("a listing", NOW, null)).isEqualTo(Grounds.of("a listing", NOW));
  }

  @Test
  void comeBackFromTheDatabaseAsTheyWere() {
    // given
    var grounds = new Grounds("graph-gateway", NOW, 5L, Answers.ERROR, "/me");

    // then
    assertThat(Grounds.read(JsonColumn.write(grounds))).isEqualTo(grounds);
  }
}
