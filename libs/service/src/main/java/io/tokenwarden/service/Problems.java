package io.tokenwarden.service;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.tokenwarden.contracts.Remedy;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;

/// Failed answers as `application/problem+json` ([RFC
/// 9457](https://www.rfc-editor.org/rfc/rfc9457)), each with a `code` that programs can branch on,
/// and where there is one, a `remedy` and a `retryAfter` in seconds.
public final class Problems {
  private Problems() {}

  public static HttpProblem badRequest(String detail) {
    return of(Status.BAD_REQUEST, "BAD_REQUEST", detail);
  }

  public static HttpProblem notFound(String detail) {
    return of(Status.NOT_FOUND, "NOT_FOUND", detail);
  }

  public static HttpProblem conflict(String code, String detail) {
    return of(Status.CONFLICT, code, detail);
  }

  /// Something we depend on is away; the caller tries again.
  public static HttpProblem unavailable(String code, String detail, Duration retryAfter) {
    return HttpProblem.builder()
        .withStatus(Status.SERVICE_UNAVAILABLE)
        .withTitle(Status.SERVICE_UNAVAILABLE.getReasonPhrase())
        .withDetail(detail)
        .with("code", code)
        .with("retryAfter", retryAfter.toSeconds())
        .withHeader(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds())
        .build();
  }

  public static HttpProblem withRemedy(Status status, String code, String detail, Remedy remedy) {
    return HttpProblem.builder()
        .withStatus(status)
        .withTitle(status.getReasonPhrase())
        .withDetail(detail)
        .with("code", code)
        .with("remedy", remedy.code())
        .build();
  }

  public static HttpProblem of(Status status, String code, String detail) {
    return HttpProblem.builder()
        .withStatus(status)
        .withTitle(status.getReasonPhrase())
        .withDetail(detail)
        .with("code", code)
        .build();
  }
}
