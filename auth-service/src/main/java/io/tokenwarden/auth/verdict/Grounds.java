package io.tokenwarden.auth.verdict;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.graph.GraphError;
import java.time.Instant;

/// Why a question is asked.
///
/// @param what who or what gave reason to: `graph-gateway`, a webhook, a clock, a listing
/// @param at when it was seen
/// @param revision of the connection it was seen at; null if it is of no particular revision
/// @param error what Meta had said; null if it had not complained
/// @param endpoint the path of the call that failed; null if none did
public record Grounds(
    String what, Instant at, Long revision, GraphErrorInfo error, String endpoint) {
  private static final TypeReference<Grounds> TYPE = new TypeReference<>() {};

  public static Grounds of(TokenSuspected suspected) {
    return new Grounds(
        "graph-gateway",
        suspected.occurredAt(),
        suspected.revision(),
        suspected.graphError(),
        suspected.endpoint());
  }

  /// Something else than a failed call.
  public static Grounds of(String what, Instant at) {
    return new Grounds(what, at, null, null, null);
  }

  /// What Meta said in passing.
  public static Grounds of(String what, Instant at, GraphError error) {
    return new Grounds(what, at, null, info(error), null);
  }

  /// @return null for null
  static GraphErrorInfo info(GraphError error) {
    return error == null
        ? null
        : new GraphErrorInfo(
            error.code(), error.subcode(), error.type(), error.httpStatus(), error.fbtraceId());
  }

  static Grounds read(String column) {
    return JsonColumn.read(column, TYPE);
  }
}
