package io.tokenwarden.service;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;

/// Gives a `code` and words of ours to the problems that frameworks find: an unknown address, a
/// wrong method, a body that cannot be read. Their own words speak of classes.
@Singleton
class ProblemCodes implements ProblemPostProcessor {

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    if (problem.getParameters().containsKey("code")) {
      return problem;
    }
    var status = Status.fromStatusCode(problem.getStatusCode());
    return status == null
        ? problem
        : HttpProblem.builder(problem)
            .withDetail(words(status))
            .with("code", status.name())
            .build();
  }

  private static String words(Status status) {
    return switch (status) {
      case BAD_REQUEST -> "The request cannot be understood";
      case FORBIDDEN -> "The bearer's roles do not allow this";
      case NOT_FOUND -> "There is nothing at this address";
      case METHOD_NOT_ALLOWED -> "This address does not take this method";
      case NOT_ACCEPTABLE -> "This is not to be had in any of the accepted types";
      case REQUEST_ENTITY_TOO_LARGE -> "The body is too large";
      case UNSUPPORTED_MEDIA_TYPE -> "The body must be application/json";
      default -> status.getReasonPhrase();
    };
  }
}
