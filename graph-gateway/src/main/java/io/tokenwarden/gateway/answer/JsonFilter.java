package io.tokenwarden.gateway.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes two things in a JSON stream while it passes, and hands on all other bytes as they are:
/// the texts in any `access_token` are blanked, and the addresses in `paging` lead elsewhere. In
/// the answer to a batch, which is an array, the same goes for the JSON in each item's `body`.
///
/// It follows quotes, braces and colons, nothing else, so it costs little and never fails: broken
/// JSON passes, unseen. Only addresses in `paging` are held, one at a time.
///
/// ```
///   bytes ──▶ outside ──"──▶ inside a text ──"──▶ outside
///                              │ a member's name: passes, and is remembered
///                              │ a credential: kept
///                              │ an address: held, rewritten at its end
///                              │ the body of a batch item: passes through a filter of its own
///                              └ anything else: passes
/// ```
final class JsonFilter {

  /// No address longer than this can be followed through the gateway; it is blanked.
  static final int LONGEST_ADDRESS = 64 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CREDENTIAL = "access_token";
  private static final Set<String> ADDRESSES = Set.of("next", "previous");
  private static final String BODY_OF_AN_ITEM = "body";
  private static final String NO_KEY = "";

  /// Longer ones are none of those we look for, however they are escaped; in bytes per level.
  private static final int LONGEST_KEY = 80;

  /// What a text is.
  private enum Text {
    KEY,
    CREDENTIAL,
    ADDRESS,
    BODY,
    OTHER
  }

  private final UnaryOperator<String> rewriter;

  /// Within how many texts this JSON stands, each of which escapes it once more.
  private final int level;

  private final Bytes out;
  private final Bytes held = new Bytes();

  /// Of the body of a batch item; null outside of one.
  private Letters body;

  // where we are
  private boolean inText;
  private Text text = Text.OTHER;
  private boolean escaping;
  private boolean afterColon;
  private String key = NO_KEY;

  // what we are in: one bit per level
  private int depth;
  private final BitSet isObject = new BitSet();
  private final BitSet isPaging = new BitSet();

  /// The level from which on everything belongs to a credential; 0 for none.
  private int credentialFrom;

  /// @param rewriter what an address in `paging` is to be instead
  JsonFilter(UnaryOperator<String> rewriter) {
    this(rewriter, 0, new Bytes());
  }

  private JsonFilter(UnaryOperator<String> rewriter, int level, Bytes out) {
    this.rewriter = rewriter;
    this.level = level;
    this.out = out;
  }

  /// An address that never ends does not come out.
  byte[] accept(byte[] chunk) {
    int i = 0;
    while (i < chunk.length) {
      int plain = plainText(chunk, i);
      if (plain > i) {
        out.write(chunk, i, plain);
        i = plain;
      } else {
        letter(chunk[i], chunk, i, i + 1);
        i++;
      }
    }
    return out.take();
  }

  /// Where the run of bytes ends that pass whatever they are.
  private int plainText(byte[] chunk, int from) {
    int i = from;
    if (inText && text == Text.OTHER && !escaping) {
      while (i < chunk.length && chunk[i] != '"' && chunk[i] != '\\') {
        i++;
      }
    }
    return i;
  }

  private void letter(int letter, byte[] raw, int from, int to) {
    if (inText) {
      inside(letter, raw, from, to);
    } else {
      outside(letter, raw, from, to);
    }
  }

  private void outside(int letter, byte[] raw, int from, int to) {
    out.write(raw, from, to);
    switch (letter) {
      case '"' -> begin();
      case ':' -> afterColon = true;
      case ',' -> nextMember();
      case '{' -> enter(true);
      case '[' -> enter(false);
      case '}', ']' -> leave();
      default -> {}
    }
  }

  // ---- texts

  private void begin() {
    inText = true;
    escaping = false;
    text = kind();
    held.clear();
    body = text == Text.BODY ? new Letters(new JsonFilter(rewriter, level + 1, out)::letter) : null;
  }

  private Text kind() {
    if (!isValue()) {
      return Text.KEY;
    }
    if (credentialFrom > 0 || key.equals(CREDENTIAL)) {
      return Text.CREDENTIAL;
    }
    if (isPaging.get(depth) && ADDRESSES.contains(key)) {
      return Text.ADDRESS;
    }
    return isItemOfABatch() && key.equals(BODY_OF_AN_ITEM) ? Text.BODY : Text.OTHER;
  }

  private boolean isItemOfABatch() {
    return level == 0 && depth == 2 && isObject.get(2) && !isObject.get(1);
  }

  private void inside(int letter, byte[] raw, int from, int to) {
    if (letter == '"' && !escaping) {
      end();
      out.write(raw, from, to);
      return;
    }
    escaping = letter == '\\' && !escaping;
    switch (text) {
      case KEY -> {
        out.write(raw, from, to);
        hold(raw, from, to, longestKey());
      }
      case CREDENTIAL -> {}
      case ADDRESS -> hold(raw, from, to, LONGEST_ADDRESS);
      case BODY -> body.accept(raw[from]);
      case OTHER -> out.write(raw, from, to);
    }
  }

  private int longestKey() {
    return LONGEST_KEY << (3 * level);
  }

  /// One more than is wanted tells that it was too long.
  private void hold(byte[] raw, int from, int to, int longest) {
    if (held.size() <= longest) {
      held.write(raw, from, to);
    }
  }

  private void end() {
    inText = false;
    switch (text) {
      case KEY -> key = held.size() <= longestKey() ? unescaped() : NO_KEY;
      case ADDRESS -> writeAddress();
      case BODY -> body.finish();
      case CREDENTIAL, OTHER -> {}
    }
    held.clear();
  }

  private void writeAddress() {
    if (held.size() > LONGEST_ADDRESS) {
      return;
    }
    String address = unescaped();
    String better = rewriter.apply(address);
    if (better.equals(address)) {
      out.write(held.take());
    } else {
      out.write(escaped(better));
    }
  }

  // ---- structure

  private boolean isValue() {
    return afterColon || !isObject.get(depth);
  }

  private void nextMember() {
    afterColon = false;
    key = isObject.get(depth) ? NO_KEY : key;
  }

  private void enter(boolean object) {
    boolean credential = isValue() && key.equals(CREDENTIAL);
    boolean paging = object && afterColon && key.equals("paging");
    depth++;
    isObject.set(depth, object);
    isPaging.set(depth, paging);
    credentialFrom = credential && credentialFrom == 0 ? depth : credentialFrom;
    afterColon = false;
    key = object ? NO_KEY : key;
  }

  private void leave() {
    depth = Math.max(0, depth - 1);
    credentialFrom = depth < credentialFrom ? 0 : credentialFrom;
    afterColon = false;
    key = NO_KEY;
  }

  // ---- spelling

  private String unescaped() {
    String text = held.text();
    for (int layer = 0; layer <= level; layer++) {
      text = unescaped(text);
    }
    return text;
  }

  private static String unescaped(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    try {
      return JSON.readValue('"' + raw + '"', String.class);
    } catch (JsonProcessingException e) {
      return raw;
    }
  }

  private byte[] escaped(String text) {
    String escaped = text;
    for (int layer = 0; layer <= level; layer++) {
      escaped = escapedOnce(escaped);
    }
    return escaped.getBytes(StandardCharsets.UTF_8);
  }

  private static String escapedOnce(String text) {
    try {
      String json = JSON.writeValueAsString(text);
      return json.substring(1, json.length() - 1);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every text can be written as JSON", e);
    }
  }
}
