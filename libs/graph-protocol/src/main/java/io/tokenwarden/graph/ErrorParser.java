package io.tokenwarden.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.graph.GraphError.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the failure in an answer. Lenient throughout: every member may be missing, of another
/// type, or cut in two.
final class ErrorParser {

  /// Strict about what follows the value: an answer that lost its head may begin with a perfectly
  /// good string.
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern CODE_PREFIX = Pattern.compile("^\\s*\\(#(-?\\d{1,9})\\)");

  // What can be read out of broken JSON. A number counts only if something follows it: "code":19
  // may have been 190.
  private static final Pattern BROKEN_CODE =
      Pattern.compile("\"(?:error_)?code\"\\s*:\\s*\"?(-?\\d{1,9})\"?\\s*[,}]");
  private static final Pattern BROKEN_SUBCODE =
      Pattern.compile("\"error_subcode\"\\s*:\\s*\"?(\\d{1,9})\"?\\s*[,}]");
  private static final Pattern BROKEN_MESSAGE =
      Pattern.compile("\"?(?:error_)?(?:message|msg)\"\\s*:\\s*\"([^\"\\\\]{1,500})");
  private static final Pattern BROKEN_TYPE =
      Pattern.compile("\"type\"\\s*:\\s*\"([A-Za-z]{1,60})\"");
  private static final Pattern BROKEN_TRACE =
      Pattern.compile("\"fbtrace_id\"\\s*:\\s*\"([\\w/+-]{1,60})\"");
  private static final Pattern BROKEN_TRANSIENT =
      Pattern.compile("\"is_transient\"\\s*:\\s*(true|false)");
  private static final Pattern ERROR_BEGINS =
      Pattern.compile("error\"\\s*:\\s*\\{|\"error_code\"\\s*:");

  private ErrorParser() {}

  static Optional<GraphError> parse(int status, String body) {
    String text = body == null ? "" : body.strip();
    return read(text)
        .map(json -> fromJson(status, json, 0))
        .orElseGet(() -> fromBroken(status, text));
  }

  static List<Optional<GraphError>> parseBatch(String body) {
    List<Optional<GraphError>> found = new ArrayList<>();
    read(body == null ? "" : body)
        .filter(JsonNode::isArray)
        .ifPresent(items -> items.forEach(item -> found.add(fromBatchItem(item))));
    return found;
  }

  private static Optional<JsonNode> read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json == null || json.isMissingNode() ? Optional.empty() : Optional.of(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  // ---- well-formed JSON

  private static Optional<GraphError> fromJson(int status, JsonNode json, int depth) {
    if (json.isTextual() && depth < 2) {
      return read(json.textValue())
          .filter(JsonNode::isContainerNode)
          .map(inner -> fromJson(status, inner, depth + 1))
          .orElseGet(() -> unlessSucceeded(status, Form.UNRECOGNISED));
    }
    if (json.isArray()) {
      return fromBatch(status, json);
    }
    JsonNode error = json.path("error");
    if (error.isObject()) {
      return Optional.of(fromObject(status, Form.ENVELOPE, error));
    }
    if (error.isTextual()) {
      return Optional.of(fromWords(status, json));
    }
    if (isFlat(json)) {
      return Optional.of(fromFlat(status, json));
    }
    if (isUnwrapped(status, json)) {
      return Optional.of(fromObject(status, Form.UNWRAPPED, json));
    }
    if (json.path("success").isBoolean() && !json.path("success").booleanValue()) {
      return Optional.of(bare(status, Form.UNRECOGNISED));
    }
    return unlessSucceeded(status, Form.UNRECOGNISED);
  }

  private static boolean isFlat(JsonNode json) {
    Integer code = integer(json, "error_code");
    return (code != null && code != 0)
        || (code == null && json.has("error_msg"))
        || (code == null && json.has("error_message") && json.has("error_subcode"));
  }

  /// A node of Graph may well have fields called `code` and `message`; in an answer that succeeded
  /// it takes more to be an error.
  private static boolean isUnwrapped(int status, JsonNode json) {
    boolean looksLikeOne = json.has("message") && (json.has("code") || json.has("error_subcode"));
    boolean surelyOne =
        json.has("error_subcode")
            || json.has("fbtrace_id")
            || json.path("type").asText().endsWith("Exception");
    return looksLikeOne && (failed(status) || surelyOne);
  }

  private static GraphError fromObject(int status, Form form, JsonNode error) {
    String message = text(error, "message");
    return new GraphError(
        status,
        form,
        codeOr(integer(error, "code"), message),
        integer(error, "error_subcode"),
        text(error, "type"),
        message,
        text(error, "fbtrace_id"),
        bool(error, "is_transient"),
        text(error, "error_user_title"),
        text(error, "error_user_msg"));
  }

  private static GraphError fromFlat(int status, JsonNode json) {
    String message = text(json, json.has("error_message") ? "error_message" : "error_msg");
    return new GraphError(
        status,
        Form.FLAT,
        codeOr(integer(json, "error_code"), message),
        integer(json, "error_subcode"),
        text(json, "error_type"),
        message,
        text(json, "fbtrace_id"),
        bool(json, "is_transient"),
        text(json, "error_user_title"),
        text(json, "error_user_msg"));
  }

  /// `{"error": "some words"}`, as OAuth has it.
  private static GraphError fromWords(int status, JsonNode json) {
    String words = text(json, json.has("error_description") ? "error_description" : "error");
    return new GraphError(
        status,
        Form.ENVELOPE,
        codeOr(integer(json, "error_code"), words),
        integer(json, "error_subcode"),
        null,
        words,
        text(json, "fbtrace_id"),
        null,
        null,
        null);
  }

  // ---- batches

  private static Optional<GraphError> fromBatch(int status, JsonNode items) {
    for (JsonNode item : items) {
      Optional<GraphError> error =
          item.isNull() || item.path("body").isTextual() ? fromBatchItem(item) : Optional.empty();
      if (error.isPresent()) {
        return error;
      }
    }
    return unlessSucceeded(status, Form.UNRECOGNISED);
  }

  private static Optional<GraphError> fromBatchItem(JsonNode item) {
    if (!item.isObject()) {
      return Optional.of(bare(0, Form.UNANSWERED));
    }
    Integer status = integer(item, "code");
    return parse(status == null ? 0 : status, item.path("body").textValue());
  }

  // ---- what is no JSON, or no longer

  private static Optional<GraphError> fromBroken(int status, String text) {
    boolean page = text.startsWith("<");
    if (!page && (failed(status) || ERROR_BEGINS.matcher(text).find())) {
      Optional<GraphError> salvaged = salvage(status, text);
      if (salvaged.isPresent()) {
        return salvaged;
      }
    }
    if (failed(status)) {
      return Optional.of(bare(status, looksLikeJson(text) ? Form.TRUNCATED : Form.NOT_JSON));
    }
    if (looksLikeJson(text) || (text.isEmpty() && status == 200)) {
      return Optional.of(bare(status, Form.TRUNCATED));
    }
    return looksLikeAnErrorPage(text) ? Optional.of(bare(status, Form.NOT_JSON)) : Optional.empty();
  }

  private static Optional<GraphError> salvage(int status, String text) {
    String message = first(BROKEN_MESSAGE, text);
    String code = first(BROKEN_CODE, text);
    Integer number = codeOr(code == null ? null : Integer.valueOf(code), message);
    String subcode = first(BROKEN_SUBCODE, text);
    if (number == null && subcode == null) {
      return Optional.empty();
    }
    String isTransient = first(BROKEN_TRANSIENT, text);
    return Optional.of(
        new GraphError(
            status,
            Form.SALVAGED,
            number,
            subcode == null ? null : Integer.valueOf(subcode),
            first(BROKEN_TYPE, text),
            message == null ? null : Redaction.redact(message),
            first(BROKEN_TRACE, text),
            isTransient == null ? null : Boolean.valueOf(isTransient),
            null,
            null));
  }

  private static boolean looksLikeJson(String text) {
    return text.startsWith("{") || text.startsWith("[");
  }

  private static boolean looksLikeAnErrorPage(String text) {
    return text.startsWith("<") || text.toLowerCase(Locale.ROOT).contains("service unavailable");
  }

  // ---- members

  /// 0 stands for "unknown": who asks about an answer without a status holds it for a failed one.
  private static boolean failed(int status) {
    return status <= 0 || status >= 400;
  }

  private static Optional<GraphError> unlessSucceeded(int status, Form form) {
    return status >= 400 ? Optional.of(bare(status, form)) : Optional.empty();
  }

  private static GraphError bare(int status, Form form) {
    return new GraphError(status, form, null, null, null, null, null, null, null, null);
  }

  private static Integer codeOr(Integer code, String message) {
    String prefix = code == null && message != null ? first(CODE_PREFIX, message) : null;
    return prefix == null ? code : Integer.valueOf(prefix);
  }

  private static Integer integer(JsonNode object, String member) {
    JsonNode value = object.path(member);
    if (value.isNumber()) {
      return value.canConvertToInt() ? value.intValue() : null;
    }
    return value.isTextual() && value.textValue().strip().matches("-?\\d{1,9}")
        ? Integer.valueOf(value.textValue().strip())
        : null;
  }

  private static String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isTextual() ? Redaction.redact(value.textValue()) : null;
  }

  private static Boolean bool(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return (value.isBoolean() || value.isTextual()) ? (Boolean) value.asBoolean() : null;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }
}
