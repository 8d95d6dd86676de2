package io.tokenwarden.service;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.http.HttpServerResponse;

/// How a request is refused that no endpoint has seen. A service that does not speak in problems
/// brings its own.
public interface EarlyRefusal {
  void answer(HttpServerResponse response, HttpProblem problem);
}
