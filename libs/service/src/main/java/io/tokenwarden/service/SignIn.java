package io.tokenwarden.service;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers a caller that is not signed in: with the redirect its sign-in begins with, or with 401
/// as a problem. It stands before the mapper of resteasy-problem, which is built against an older
/// Quarkus and fails here.
class SignIn {

  private static final int BEFORE_ALL_OTHERS = 1;

  @ServerExceptionMapper(
      value = {UnauthorizedException.class, AuthenticationFailedException.class},
      priority = BEFORE_ALL_OTHERS)
  Uni<Response> required(RoutingContext exchange) {
    var authenticator = exchange.<HttpAuthenticator>get(HttpAuthenticator.class.getName());
    return authenticator == null
        ? Uni.createFrom().item(answer(exchange, Optional.empty()))
        : authenticator
            .getChallenge(exchange)
            .map(challenge -> answer(exchange, Optional.ofNullable(challenge)));
  }

  private static Response answer(RoutingContext exchange, Optional<ChallengeData> challenge) {
    int status = challenge.map(asked -> asked.status).orElse(Status.UNAUTHORIZED.getStatusCode());
    var answer =
        status == Status.UNAUTHORIZED.getStatusCode() ? problem() : Response.status(status);
    challenge
        .map(ChallengeData::getHeaders)
        .ifPresent(
            headers -> headers.forEach((name, value) -> header(exchange, name, value, answer)));
    return answer.build();
  }

  /// A refused bearer has been answered with its challenge already.
  private static void header(
      RoutingContext exchange, CharSequence name, String value, Response.ResponseBuilder answer) {
    if (!exchange.response().headers().contains(name)) {
      answer.header(name.toString(), value);
    }
  }

  private static Response.ResponseBuilder problem() {
    var problem = Problems.of(Status.UNAUTHORIZED, "UNAUTHORIZED", "A valid bearer is needed");
    return Response.fromResponse(problem.toResponse());
  }
}
