package io.tokenwarden.service;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What every request passes before anybody looks what it is about: too much of a body and a NUL in
/// the address are refused, and whoever has waited too long is told so. A database that neither
/// answers nor refuses makes every request wait; what was begun may still be done when it is back.
@Singleton
class Door {
  /// Before authentication, which may be what hangs.
  private static final int FIRST = 1_000;

  /// No text of ours may hold it, and PostgreSQL takes none.
  private static final String NUL = "%00";

  private static final Duration SOON = Duration.ofSeconds(5);

  private final EarlyRefusal refusal;
  private final long largestBody;
  private final Duration patience;

  /// @param patience after that long without an answer the caller gets 503
  @Inject
  Door(
      EarlyRefusal refusal,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody,
      @ConfigProperty(name = "tokenwarden.http.patience", defaultValue = "30s") Duration patience) {
    this.refusal = refusal;
    this.largestBody = largestBody.asLongValue();
    this.patience = patience;
  }

  void stand(@Observes Filters filters) {
    filters.register(this::pass, FIRST);
  }

  private void pass(RoutingContext exchange) {
    if (announcedBody(exchange) > largestBody) {
      turnAway(exchange);
    } else if (exchange.request().uri().contains(NUL)) {
      refuse(exchange, Problems.badRequest("The address holds a NUL"));
    } else {
      watch(exchange);
      exchange.next();
    }
  }

  /// The body is not read, so the connection cannot be used again.
  private void turnAway(RoutingContext exchange) {
    var connection = exchange.request().connection();
    exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    exchange.response().endHandler(_ -> connection.close());
    refuse(exchange, tooLarge());
  }

  private static long announcedBody(RoutingContext exchange) {
    var length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }

  private HttpProblem tooLarge() {
    return Problems.of(
        Status.REQUEST_ENTITY_TOO_LARGE,
        "BODY_TOO_LARGE",
        "A body has at most %d bytes".formatted(largestBody));
  }

  private void watch(RoutingContext exchange) {
    var timer = exchange.vertx().setTimer(patience.toMillis(), _ -> giveUp(exchange));
    exchange.addEndHandler(_ -> exchange.vertx().cancelTimer(timer));
  }

  private void giveUp(RoutingContext exchange) {
    refuse(
        exchange, Problems.unavailable("NO_ANSWER_IN_TIME", "This took too long; ask again", SOON));
  }

  private void refuse(RoutingContext exchange, HttpProblem problem) {
    var response = exchange.response();
    if (!response.headWritten() && !response.ended() && !response.closed()) {
      refusal.answer(response, problem);
    }
  }
}
