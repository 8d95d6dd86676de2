package io.tokenwarden.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Early refusals as `application/problem+json`, like all others.
@Singleton
@DefaultBean
class ProblemAnswer implements EarlyRefusal {
  private final ObjectMapper json;

  @Inject
  ProblemAnswer(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void answer(HttpServerResponse response, HttpProblem problem) {
    response.setStatusCode(problem.getStatusCode());
    response.putHeader("Content-Type", HttpProblem.MEDIA_TYPE.toString());
    problem.getHeaders().forEach((name, value) -> response.putHeader(name, value.toString()));
    response.end(written(problem));
  }

  private String written(HttpProblem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can always be written", e);
    }
  }
}
