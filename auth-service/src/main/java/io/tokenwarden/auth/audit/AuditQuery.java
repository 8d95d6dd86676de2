package io.tokenwarden.auth.audit;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.service.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// Which entries somebody wants to see.
///
/// @param workspace [WorkspaceId#ALL] means the entries of all workspaces, and those of none
/// @param from the first moment
/// @param to the first moment that is not wanted any more
/// @param after the id of the last entry of the page before
record AuditQuery(
    WorkspaceId workspace,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> action,
    Optional<ConnectionId> connection,
    Optional<Long> after) {
  /// PostgreSQL and a calendar's year of four digits both reach this far.
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /// Parameters as a caller wrote them; null for those that are missing.
  ///
  /// @throws HttpProblem 400 if one cannot be understood
  static AuditQuery of(
      WorkspaceId workspace,
      String from,
      String to,
      String action,
      String connection,
      String after) {
    return new AuditQuery(
        workspace,
        moment("from", from),
        moment("to", to),
        Optional.ofNullable(action),
        Optional.ofNullable(connection).map(AuditQuery::connection),
        Optional.ofNullable(after).map(AuditQuery::place));
  }

  private static Optional<Instant> moment(String name, String text) {
    try {
      return Optional.ofNullable(text)
          .map(Instant::parse)
          .map(moment -> moment.isBefore(EARLIEST) ? EARLIEST : moment)
          .map(moment -> moment.isAfter(LATEST) ? LATEST : moment);
    } catch (DateTimeException _) {
      throw Problems.badRequest(name + " is a moment in UTC, such as 2026-11-21T00:00:00Z");
    }
  }

  private static ConnectionId connection(String text) {
    try {
      return ConnectionId.of(text);
    } catch (IllegalArgumentException _) {
      throw Problems.badRequest("connection is the id of a connection");
    }
  }

  private static long place(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw Problems.badRequest("after is the next of the page before");
    }
    return Long.parseLong(text);
  }
}
