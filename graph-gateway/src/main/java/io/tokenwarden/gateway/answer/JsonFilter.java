package io.tokenwarden.gateway.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes two things in a JSON stream while it passes, and hands on all other bytes as they are:
/// the texts in any `access_token` are blanked, and the addresses in `paging` lead elsewhere.
///
/// It follows quotes, braces and colons, nothing else, so it costs little and never fails: broken
/// JSON passes, unseen. Only addresses in `paging` are held, one at a time.
///
/// ```
///   bytes ──▶ outside ──"──▶ inside a text ──"──▶ outside
///                              │ a member's name: passes, and is remembered
///                              │ a credential: kept
///                              │ an address: held, rewritten at its end
///                              └ anything else: passes
/// ```
final class JsonFilter {

  /// No address longer than this can be followed through the gateway; it is blanked.
  static final int LONGEST_ADDRESS = 64 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CREDENTIAL = "access_token";
  private static final Set<String> ADDRESSES = Set.of("next", "previous");
  private static final String NO_KEY = "";

  /// Longer ones are none of those we look for, however they are escaped.
  private static final int LONGEST_KEY = 80;

  /// What a text is.
  private enum Text {
    KEY,
    CREDENTIAL,
    ADDRESS,
    OTHER
  }

  private final UnaryOperator<String> rewriter;
  private final Bytes held = new Bytes();
  private final Bytes out = new Bytes();

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
    this.rewriter = rewriter;
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
  }

  private Text kind() {
    if (!isValue()) {
      return Text.KEY;
    }
    if (credentialFrom > 0 || key.equals(CREDENTIAL)) {
      return Text.CREDENTIAL;
    }
    return isPaging.get(depth) && ADDRESSES.contains(key) ? Text.ADDRESS : Text.OTHER;
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
        hold(raw, from, to, LONGEST_KEY);
      }
      case CREDENTIAL -> {}
      case ADDRESS -> hold(raw, from, to, LONGEST_ADDRESS);
      case OTHER -> out.write(raw, from, to);
    }
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
      case KEY -> key = held.size() <= LONGEST_KEY ? unescaped() : NO_KEY;
      case ADDRESS -> writeAddress();
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
      out.write(quoted(better));
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
    String raw = held.text();
    if (raw.indexOf('\\') < 0) {
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
      throw new IllegalStateException("Every text can be written as JSON", e);
    }
  }
}
