package io.tokenwarden.graph;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One failure as Meta told it, whatever shape it came in. Texts are redacted when they are read.
///
/// @param httpStatus 0 where none is known (a batch item without one, an error stored elsewhere)
/// @param form the shape it was found in
/// @param code null where Meta gave none, and the message does not start with `(#code)` either
/// @param subcode null where Meta gave none
/// @param type says little: an expired token and a used-up quota are both `OAuthException`
/// @param message in English or in the request's language; never decide on it alone
/// @param fbtraceId short-lived at Meta: keep it at once
/// @param isTransient Meta's own opinion, unreliable in both directions; null where it has none
/// @param userTitle localised text for a person; may be null
/// @param userMessage localised text for a person; may be null
public record GraphError(
    int httpStatus,
    Form form,
    Integer code,
    Integer subcode,
    String type,
    String message,
    String fbtraceId,
    Boolean isTransient,
    String userTitle,
    String userMessage) {

  /// The shapes a failure comes in.
  public enum Form {
    /// `{"error": {…}}`
    ENVELOPE,
    /// The inner object alone, as in stored results.
    UNWRAPPED,
    /// `error_code`, `error_message` beside other members, as in failed asynchronous reports.
    FLAT,
    /// Read out of JSON that lost its head or its tail.
    SALVAGED,
    /// JSON that ends too early and holds no error we could read.
    TRUNCATED,
    /// JSON, but no error object in it: only the HTTP status says that it failed.
    UNRECOGNISED,
    /// HTML, plain text, nothing.
    NOT_JSON,
    /// A batch item that Meta did not get to.
    UNANSWERED
  }

  private static final Pattern CODE_PREFIX = Pattern.compile("^\\(#-?\\d+\\)\\s*");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /// The failure an answer tells of; empty if it tells of none. Of a batch it is the first one.
  /// Never throws.
  public static Optional<GraphError> parse(int httpStatus, String body) {
    return ErrorParser.parse(httpStatus, body);
  }

  /// As [#parse(int, String)], for bytes in UTF-8.
  public static Optional<GraphError> parse(int httpStatus, byte[] body) {
    return parse(httpStatus, body == null ? null : new String(body, StandardCharsets.UTF_8));
  }

  /// The failures of a batch answer, one per item and in its order, empty where the item succeeded.
  /// An answer that is no batch gives an empty list. Never throws.
  public static List<Optional<GraphError>> parseBatch(String body) {
    return ErrorParser.parseBatch(body);
  }

  /// What it means for us.
  public Meaning meaning() {
    return ErrorTaxonomy.meaningOf(this);
  }

  /// What it means for whoever asks for a report that was begun a moment ago: Meta does not find a
  /// new one everywhere at once, and says that there is no such object.
  public Meaning meaningOfNewReport() {
    return ErrorTaxonomy.meaningOfNewReport(this);
  }

  /// Whether it is this pair. A subcode is unique enough to stand without its code, and is all
  /// there is where the code is negative.
  public boolean is(int wantedCode, int wantedSubcode) {
    return hasSubcode(wantedSubcode) && (hasCode(wantedCode) || codeSaysNothing());
  }

  /// The message without its `(#code)` and with single blanks; empty where there is none.
  String text() {
    return message == null
        ? ""
        : CODE_PREFIX.matcher(BLANKS.matcher(message).replaceAll(" ").strip()).replaceFirst("");
  }

  boolean hasCode(int wanted) {
    return code != null && code == wanted;
  }

  boolean hasSubcode(int wanted) {
    return subcode != null && subcode == wanted;
  }

  /// Meta gives no code, or one of the negative ones that say nothing: then the subcode stands for
  /// itself.
  boolean codeSaysNothing() {
    return code == null || code < 0;
  }
}
