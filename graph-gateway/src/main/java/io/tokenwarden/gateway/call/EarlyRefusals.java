package io.tokenwarden.gateway.call;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Remedy;
import io.tokenwarden.service.EarlyRefusal;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/// What is refused before [GraphRoute] has seen it, in Graph's envelope all the same.
@Singleton
class EarlyRefusals implements EarlyRefusal {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Answers answers;

  @Inject
  EarlyRefusals(Answers answers) {
    this.answers = answers;
  }

  @Override
  public void answer(HttpServerResponse response, HttpProblem problem) {
    answers.refuse(response, refusal(problem), null);
  }

  private static Refusal refusal(HttpProblem problem) {
    return problem.getStatusCode() == 503
        ? Refusal.transientFault(problem.getDetail(), SOON)
        : new Refusal(
            problem.getStatusCode(),
            100,
            null,
            ErrorCategory.BAD_REQUEST,
            Remedy.CHANGE_REQUEST,
            problem.getDetail(),
            null);
  }
}
