package io.tokenwarden.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.GraphError;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaisedTest {
  private static final String NO_PERMISSION = "{\"error\":{\"code\":10,\"message\":\"x\"}}";
  private static final String NO_ASSET = "{\"error\":{\"code\":803,\"message\":\"x\"}}";

  @Test
  void tellsOfEachSuspicionAndAssetOnce() {
    // given
    var raised = Raised.at(call(5, NO_ASSET));

    // then
    assertThat(raised.add(call(5, NO_ASSET), "1")).isTrue();
    assertThat(raised.add(call(5, NO_ASSET), "1")).isFalse();
    assertThat(raised.add(call(5, NO_ASSET), "2")).isTrue();
    assertThat(raised.add(call(5, NO_PERMISSION), "1")).isTrue();
  }

  @Test
  void tellsAgainOfWhatCouldNotBeStored() {
    // given
    var raised = Raised.at(call(5, NO_ASSET));
    raised.add(call(5, NO_ASSET), "1");

    // when
    raised.remove(call(5, NO_ASSET), "1");

    // then
    assertThat(raised.add(call(5, NO_ASSET), "1")).isTrue();
  }

  @Test
  void startsAfreshWithANewerRevisionAndForgetsNothingForAnOlderOne() {
    // given
    var known = Raised.at(call(5, NO_ASSET));

    // then
    assertThat(Raised.newest(known, Raised.at(call(5, NO_ASSET)))).isSameAs(known);
    assertThat(Raised.newest(known, Raised.at(call(4, NO_ASSET)))).isSameAs(known);
    assertThat(Raised.newest(known, Raised.at(call(6, NO_ASSET)))).isNotSameAs(known);
    assertThat(known.add(call(4, NO_ASSET), "1")).as("older than what was said since").isFalse();
  }

  @Test
  void tellsOfNoMoreObjectsThanAnybodyCouldAskAboutButStillOfWhatConcernsNone() {
    // given
    var raised = Raised.at(call(5, NO_ASSET));

    // when
    var told =
        IntStream.range(0, 1000)
            .filter(id -> raised.add(call(5, NO_ASSET), Integer.toString(id)))
            .count();

    // then
    assertThat(told).isEqualTo(Raised.MOST);
    assertThat(raised.add(call(5, NO_PERMISSION), "")).isTrue();
  }

  private static FailedCall call(long revision, String answer) {
    var token =
        new TokenIdentity(
            WorkspaceId.of("demo"),
            new ConnectionId(new UUID(0, 1)),
            1,
            "4242",
            "77",
            TokenType.USER);
    var error = GraphError.parse(400, answer).orElseThrow();
    return new FailedCall(token, revision, "/v25.0/1", "1", error);
  }
}
