package io.tokenwarden.outbox;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.service.Problems;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers a request that failed in a way no endpoint foresaw: 503 with `Retry-After` if the
/// database is away, was away a moment ago or gave way to another transaction; 500 otherwise.
/// Either way nothing was done: work and failure share one transaction.
@Singleton
class FailedRequest {
  private static final Logger LOG = Logger.getLogger(FailedRequest.class);
  private static final int BEFORE_ALL_OTHERS = 1;
  private static final Duration SOON = Duration.ofSeconds(2);

  /// [SQLSTATE classes](https://www.postgresql.org/docs/current/errcodes-appendix.html): lost
  /// connections, rolled back for another, out of resources, shut down by somebody.
  private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

  private final Database database;

  @Inject
  FailedRequest(Database database) {
    this.database = database;
  }

  @ServerExceptionMapper(priority = BEFORE_ALL_OTHERS)
  Uni<Response> answer(Exception failure) {
    return isPassing(failure)
        ? Uni.createFrom().item(unavailable(failure))
        : database.takesWrites().map(there -> there ? ours(failure) : unavailable(failure));
  }

  private static Response unavailable(Exception failure) {
    LOG.warnf("A request could not be done now: %s", failure.getClass().getName());
    return answer(Problems.unavailable("UNAVAILABLE", "This cannot be done now; ask again", SOON));
  }

  private static Response ours(Exception failure) {
    LOG.error("A request failed", failure);
    return answer(
        Problems.of(Status.INTERNAL_SERVER_ERROR, "INTERNAL", "Something of ours failed"));
  }

  private static Response answer(HttpProblem problem) {
    return problem.toResponse();
  }

  static boolean isPassing(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(10)
        .anyMatch(FailedRequest::speaksOfNow);
  }

  private static boolean speaksOfNow(Throwable cause) {
    return switch (cause) {
      case ConnectException _,
          ClosedChannelException _,
          ClosedConnectionException _,
          TimeoutException _ ->
          true;
      case PgException refused -> isPassing(refused.getSqlState());
      case SQLException refused -> isPassing(refused.getSQLState());
      default -> false;
    };
  }

  private static boolean isPassing(String sqlState) {
    return sqlState != null && sqlState.length() == 5 && PASSING.contains(sqlState.substring(0, 2));
  }
}
