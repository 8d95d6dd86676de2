package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.graph.GraphError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// What came of a call to Meta.
sealed interface MetaAnswer {

  /// Meta answered.
  ///
  /// @param held the beginning of the body, or all of it
  /// @param rest paused, with what comes after `held`; null if that is all
  record Answered(int status, MultiMap headers, Buffer held, HttpClientResponse rest)
      implements MetaAnswer {

    /// How an answer begins that is a failure and nothing else, however long it is.
    private static final Pattern BEGINS_WITH_ERROR = Pattern.compile("\\s*\\{\\s*\"error\"\\s*:");

    /// What was held back of it.
    String text() {
      return held.toString(StandardCharsets.UTF_8);
    }

    /// Whether it tells of the items of a batch, rather than of the batch.
    boolean tellsOfItems() {
      return status == 200 && heldText().stripLeading().startsWith("[");
    }

    /// The failure it tells of, also inside a 200. Only what may hold one is parsed.
    Optional<GraphError> failure() {
      return mayTellOfAFailure() ? GraphError.parse(status, held.getBytes()) : Optional.empty();
    }

    private boolean mayTellOfAFailure() {
      if (status >= 400) {
        return true;
      }
      if (status != 200) {
        return false;
      }
      String text = heldText();
      if (rest != null) {
        return BEGINS_WITH_ERROR.matcher(text).lookingAt();
      }
      return text.contains("\"error") || text.contains("\"success\"") || !soundsComplete(text);
    }

    /// One character per byte: what is looked for is ASCII.
    private String heldText() {
      return held.toString(StandardCharsets.ISO_8859_1);
    }

    /// By its status: nothing has changed, or there is nothing.
    boolean hasNoBody() {
      return status == 304 || status == 204;
    }

    /// Whoever does not hand the answer on says so, and the rest never comes.
    void discard() {
      if (rest != null) {
        rest.request().reset();
      }
    }

    private boolean soundsComplete(String text) {
      String start = text.stripLeading();
      if (start.startsWith("{") || start.startsWith("[")) {
        return lastByte() == '}' || lastByte() == ']';
      }
      return !start.isEmpty() && !start.startsWith("<") && !start.contains("Service Unavailable");
    }

    private int lastByte() {
      int last = held.length() - 1;
      while (last > 0 && held.getByte(last) <= ' ' && held.getByte(last) >= 0) {
        last--;
      }
      return held.getByte(last);
    }
  }

  /// Nothing that could be read, within the time there was. It says nothing about any token.
  record Silent(String why) implements MetaAnswer {}

  /// Nobody was asked: as many calls wait for Meta as may. Asking again at once would only make it
  /// worse.
  record Crowded() implements MetaAnswer {}

  /// Nobody was asked, and this is why.
  record Withheld(Refusal refusal) implements MetaAnswer {}
}
