package io.tokenwarden.gateway.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/// Looks at every string of a JSON stream while it passes, and hands on all other bytes as they
/// are.
///
/// It follows quotes, braces and colons, nothing else, so it costs little and never fails: broken
/// JSON passes, unseen. Only one string at a time is held, and none longer than [#LONGEST_HELD]
/// bytes.
///
/// ```
///   bytes ──▶ outside ──"──▶ inside a string ──"──▶ rewritten ──▶ outside
/// ```
final class JsonFilter {

  static final int LONGEST_HELD = 64 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_KEY = "";

  /// Longer ones are none of those we look for, however they are escaped.
  private static final int LONGEST_KEY = 80;

  /// Shorter strings name no credential.
  private static final int SHORTEST_NAME = "access_token".length();

  private final StringRewriter rewriter;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(512);

  // where we are
  private boolean inString;
  private boolean escaping;
  private boolean escaped;
  private boolean underscored;
  private boolean tooLong;
  private boolean afterColon;
  private String key = NO_KEY;

  // what we are in: one bit per level
  private int depth;
  private final BitSet isObject = new BitSet();
  private final BitSet isPaging = new BitSet();

  /// What is to be done with a string.
  interface StringRewriter {

    /// A string that passes.
    ///
    /// @param key the member it is the value of, also within an array
    /// @param inPaging whether it stands in an object called `paging`
    /// @return the string to stand there instead; the same one to leave it alone
    String rewrite(String key, boolean inPaging, String value);

    /// Whether the value of this member is worth nothing to the caller, whatever it is.
    boolean blank(String key);
  }

  JsonFilter(StringRewriter rewriter) {
    this.rewriter = rewriter;
  }

  byte[] accept(byte[] chunk) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length + 256);
    for (byte b : chunk) {
      if (inString) {
        inside(b, out);
      } else {
        outside(b, out);
      }
    }
    return out.toByteArray();
  }

  /// A string that never ended, unless it was one to look at: what is cut in two cannot be
  /// recognised.
  byte[] finish() {
    byte[] rest =
        isValue() && (rewriter.blank(key) || worthALook()) ? new byte[0] : held.toByteArray();
    held.reset();
    return rest;
  }

  private void outside(byte b, ByteArrayOutputStream out) {
    out.write(b);
    switch (b) {
      case '"' -> inString = true;
      case ':' -> afterColon = true;
      case ',' -> nextMember();
      case '{' -> enter(true);
      case '[' -> enter(false);
      case '}', ']' -> leave();
      default -> {}
    }
  }

  private void inside(byte b, ByteArrayOutputStream out) {
    if (b == '"' && !escaping) {
      end(out);
      return;
    }
    escaping = b == '\\' && !escaping;
    escaped |= escaping;
    underscored |= b == '_';
    held.write(b);
    if (held.size() >= LONGEST_HELD) {
      tooLong = true;
      spill(out);
    }
  }

  private void end(ByteArrayOutputStream out) {
    if (tooLong) {
      spill(out);
      key = isValue() ? key : NO_KEY;
    } else if (isValue()) {
      writeValue(out);
    } else {
      key = held.size() <= LONGEST_KEY ? unescaped() : NO_KEY;
      out.writeBytes(held.toByteArray());
    }
    out.write('"');
    held.reset();
    inString = false;
    escaping = false;
    escaped = false;
    underscored = false;
    tooLong = false;
  }

  private void writeValue(ByteArrayOutputStream out) {
    if (rewriter.blank(key)) {
      return;
    }
    String value = worthALook() ? unescaped() : null;
    String better = value == null ? null : rewriter.rewrite(key, isPaging.get(depth), value);
    if (value == null || better.equals(value)) {
      out.writeBytes(held.toByteArray());
    } else {
      out.writeBytes(quoted(better));
    }
  }

  /// Plain spellings of a secret are found by [SecretFilter]; here it is links, names and escapes
  /// that matter.
  private boolean worthALook() {
    return escaped || isPaging.get(depth) || (underscored && held.size() >= SHORTEST_NAME);
  }

  private void spill(ByteArrayOutputStream out) {
    if (!(isValue() && rewriter.blank(key))) {
      out.writeBytes(held.toByteArray());
    }
    held.reset();
  }

  private boolean isValue() {
    return afterColon || !isObject.get(depth);
  }

  private void nextMember() {
    afterColon = false;
    key = isObject.get(depth) ? NO_KEY : key;
  }

  private void enter(boolean object) {
    boolean paging = object && afterColon && key.equals("paging");
    depth++;
    isObject.set(depth, object);
    isPaging.set(depth, paging);
    afterColon = false;
    key = object ? NO_KEY : key;
  }

  private void leave() {
    depth = Math.max(0, depth - 1);
    afterColon = false;
    key = NO_KEY;
  }

  private String unescaped() {
    String raw = held.toString(StandardCharsets.UTF_8);
    if (!escaped) {
      return raw;
    }
    try {
      return JSON.readValue('"' + raw + '"', String.class);
    } catch (JsonProcessingException e) {
      return raw;
    }
  }

  private static byte[] quoted(String text) {
    try {
      String json = JSON.writeValueAsString(text);
      return json.substring(1, json.length() - 1).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every string can be written as JSON", e);
    }
  }
}
