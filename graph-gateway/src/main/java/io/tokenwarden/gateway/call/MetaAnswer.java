package io.tokenwarden.gateway.call;

import io.tokenwarden.graph.GraphError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;

/// What came of a call to Meta.
sealed interface MetaAnswer {

  /// @param held the beginning of the body, or all of it
  /// @param rest paused, with what comes after `held`; null if that is all
  record Answered(int status, MultiMap headers, Buffer held, HttpClientResponse rest)
      implements MetaAnswer {

    /// The failure it tells of, also inside a 200. Only what may hold one is parsed.
    Optional<GraphError> failure() {
      return mayTellOfAFailure() ? GraphError.parse(status, held.getBytes()) : Optional.empty();
    }

    private boolean mayTellOfAFailure() {
      if (status >= 400) {
        return true;
      }
      if (rest != null || status != 200) {
        return false;
      }
      String text = held.toString();
      return text.contains("\"error") || text.contains("\"success\"") || !soundsComplete(text);
    }

    /// Nothing of the body is left to come; whoever does not hand the answer on says so.
    void discard() {
      if (rest != null) {
        rest.request().reset();
      }
    }

    private static boolean soundsComplete(String text) {
      String body = text.strip();
      boolean json = body.startsWith("{") || body.startsWith("[");
      boolean page = body.startsWith("<") || body.contains("Service Unavailable");
      return json ? body.endsWith("}") || body.endsWith("]") : !page && !body.isEmpty();
    }
  }

  /// Nothing that could be read, within the time there was. It says nothing about any token.
  record Silent(String why) implements MetaAnswer {}
}
