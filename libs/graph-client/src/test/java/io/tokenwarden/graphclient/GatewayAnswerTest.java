package io.tokenwarden.graphclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graphclient.GatewayAnswer.Failed;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GatewayAnswerTest {

  @Test
  void believesTheGatewaysCategory() {
    // given
    var response =
        Response.status(429)
            .header("X-Tokenwarden-Category", "RATE_LIMITED")
            .header("X-Tokenwarden-Retry-After", "90")
            .build();

    // when
    var answer = GatewayAnswer.of(response);

    // then
    assertThat(answer)
        .isEqualTo(
            new Failed(ErrorCategory.RATE_LIMITED, Duration.ofSeconds(90), OptionalLong.empty()));
  }

  @Test
  void knowsWithWhichTokenACallFailed() {
    // given
    var response =
        Response.status(400)
            .header("X-Tokenwarden-Category", "TOKEN_EXPIRED")
            .header("X-Tokenwarden-Generation", "7")
            .build();

    // when
    var answer = GatewayAnswer.of(response);

    // then
    assertThat(answer)
        .isEqualTo(new Failed(ErrorCategory.TOKEN_EXPIRED, Duration.ZERO, OptionalLong.of(7)));
  }

  @Test
  void readsAnErrorThatMetaHidInASuccess() {
    // given
    var response = Response.ok().header("X-Tokenwarden-Category", "BLOCKED").build();

    // when
    var answer = GatewayAnswer.of(response);

    // then
    assertThat(answer)
        .isEqualTo(new Failed(ErrorCategory.BLOCKED, Duration.ZERO, OptionalLong.empty()));
  }

  @Test
  void takesARefusalWithoutCategoryAsNothingThatCanBeUnderstood() {
    // when
    var answer = GatewayAnswer.of(Response.status(403).build());

    // then
    assertThat(answer)
        .isEqualTo(new Failed(ErrorCategory.SERVER_ERROR, Duration.ZERO, OptionalLong.empty()));
  }

  @Test
  void takesACategoryItDoesNotKnowAsNothingThatCanBeUnderstood() {
    // given
    var response = Response.status(400).header("X-Tokenwarden-Category", "NEWER").build();

    // when
    var answer = GatewayAnswer.of(response);

    // then
    assertThat(answer)
        .isEqualTo(new Failed(ErrorCategory.SERVER_ERROR, Duration.ZERO, OptionalLong.empty()));
  }
}
