package io.tokenwarden.gateway.answer;

import io.tokenwarden.graph.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes credentials out of a stream of bytes, also where one is cut in two by a chunk border:
///
/// - the secrets it is told, in every spelling a [Letter] can have;
/// - whatever follows `access_token` or `appsecret_proof` as its value, in a query, in JSON, and in
///   either of them inside a text.
///
/// It knows no structure, neither lengths nor ends of strings, and therefore cannot be led astray
/// by broken JSON or by long texts. It comes first: nothing behind it ever sees a secret.
///
/// It keeps back no more than what may be the beginning of a credential.
final class SecretFilter {

  /// The shortest beginning of a secret that is worth cutting off when the answer ends inside it.
  private static final int TELLING = 8;

  private static final int MOST_BLANKS = 32;
  private static final byte[] MASK = ascii("****");
  private static final List<byte[]> NAMES =
      List.of(ascii("access_token"), ascii("appsecret_proof"));

  private static final int NO = -1;
  private static final int OPEN = -2;

  private final List<byte[]> secrets = new ArrayList<>();
  private final boolean[] begins = new boolean[128];
  private final Letter letter = new Letter();
  private final Bytes clean = new Bytes();

  // where we are
  private byte[] bytes = new byte[0];
  private int at;
  private int written;
  private boolean last;

  /// How many letters of a secret were there when the bytes ended.
  private int reached;

  // the value that is being left out
  private Opening opening = Opening.NONE;
  private int backslashes;
  private boolean encoded;
  private boolean masked;

  private enum Opening {
    NONE,
    /// `access_token=`
    EQUALS,
    /// `"access_token":"`
    QUOTE
  }

  SecretFilter(List<? extends Secret> injected) {
    injected.forEach(secret -> secrets.add(ascii(secret.revealSecret())));
    secrets.forEach(secret -> begins[secret[0]] = true);
    NAMES.forEach(name -> begins[name[0]] = true);
  }

  /// The bytes that are surely clean by now; the rest is kept until more is known.
  byte[] accept(byte[] chunk) {
    return pass(chunk, false);
  }

  /// What was kept, once nothing more comes; without the beginning of a secret that Meta cut off.
  /// It is as new afterwards.
  byte[] finish() {
    byte[] rest = pass(new byte[0], true);
    opening = Opening.NONE;
    return rest;
  }

  private byte[] pass(byte[] chunk, boolean nothingFollows) {
    bytes = joined(bytes, at, chunk);
    at = 0;
    written = 0;
    last = nothingFollows;
    while (at < bytes.length && (opening == Opening.NONE ? step() : leaveOut())) {
      // each goes on as far as it can tell
    }
    write();
    return clean.take();
  }

  private void write() {
    clean.write(bytes, written, at);
    written = at;
  }

  // ---- outside of a credential

  /// @return false if it takes more bytes to tell
  private boolean step() {
    if (!mayBegin()) {
      at++;
      return true;
    }
    boolean open = false;
    int letters = 0;
    for (byte[] secret : secrets) {
      int end = match(secret);
      if (end >= 0) {
        mask(end);
        return true;
      }
      open |= end == OPEN;
      letters = end == OPEN ? Math.max(letters, reached) : letters;
    }
    for (byte[] name : NAMES) {
      int end = match(name);
      int value = end >= 0 ? opening(end) : end;
      if (value >= 0) {
        at = value;
        return true;
      }
      open |= value == OPEN;
    }
    return open ? atTheEnd(letters) : passOne();
  }

  private boolean passOne() {
    at++;
    return true;
  }

  private boolean atTheEnd(int letters) {
    if (!last) {
      return false;
    }
    if (letters < TELLING) {
      return passOne();
    }
    write();
    at = bytes.length;
    written = at;
    return false;
  }

  private boolean mayBegin() {
    byte b = bytes[at];
    if (b != '\\' && b != '%') {
      return b >= 0 && begins[b];
    }
    return begins[b]
        || !letter.read(bytes, at, bytes.length)
        || (!letter.plain && letter.value < begins.length && begins[letter.value]);
  }

  /// @return where it ends; NO, or OPEN if the bytes end before it does
  private int match(byte[] text) {
    int here = at;
    for (int i = 0; i < text.length; i++) {
      if (here < bytes.length && bytes[here] == text[i]) {
        here++;
      } else if (here < bytes.length && bytes[here] != '\\' && bytes[here] != '%') {
        return NO;
      } else if (!letter.read(bytes, here, bytes.length)) {
        reached = i;
        return OPEN;
      } else if (letter.value == text[i]) {
        here = letter.next;
      } else {
        return NO;
      }
    }
    return here;
  }

  private void mask(int end) {
    write();
    clean.write(MASK);
    at = end;
    written = end;
  }

  // ---- the value of a name

  /// @param end of a name
  /// @return where its value begins; NO if there is none, or OPEN
  private int opening(int end) {
    if (!letter.read(bytes, end, bytes.length)) {
      return OPEN;
    }
    if (letter.value == '=') {
      return opened(Opening.EQUALS);
    }
    if (letter.value != '"') {
      return NO;
    }
    if (!readBehindBlanks()) {
      return OPEN;
    }
    if (letter.value != ':') {
      return NO;
    }
    if (!readBehindBlanks()) {
      return OPEN;
    }
    return letter.value == '"' ? opened(Opening.QUOTE) : NO;
  }

  private boolean readBehindBlanks() {
    int blanks = 0;
    do {
      if (!letter.read(bytes, letter.next, bytes.length)) {
        return false;
      }
    } while (letter.isBlank() && ++blanks < MOST_BLANKS);
    return true;
  }

  private int opened(Opening by) {
    opening = by;
    backslashes = letter.backslashes;
    encoded = letter.encoded;
    masked = false;
    return letter.next;
  }

  /// @return false if it takes more bytes to tell
  private boolean leaveOut() {
    if (!letter.read(bytes, at, bytes.length)) {
      return last && maskUpTo(bytes.length);
    }
    if (!closes()) {
      return maskUpTo(letter.next);
    }
    opening = Opening.NONE;
    return true;
  }

  private boolean maskUpTo(int end) {
    if (masked) {
      at = end;
      written = end;
    } else {
      mask(end);
    }
    masked = true;
    return true;
  }

  private boolean closes() {
    return switch (opening) {
      case QUOTE -> letter.value == '"' && isOfTheSameLevel(letter.backslashes);
      case EQUALS ->
          (encoded || !letter.encoded)
              && (letter.isBlank() || "&#\"'<>".indexOf(letter.value) >= 0);
      case NONE -> true;
    };
  }

  /// A quote closes what one with as many backslashes opened. Twice as many and two more stand for
  /// a backslash of the text itself, and come before it; fewer close what is around it.
  private boolean isOfTheSameLevel(int before) {
    return before < backslashes || (before - backslashes) % (2 * (backslashes + 1)) == 0;
  }

  // ---- bytes

  private static byte[] joined(byte[] first, int from, byte[] second) {
    if (from == first.length) {
      return second;
    }
    byte[] both = Arrays.copyOfRange(first, from, first.length + second.length);
    System.arraycopy(second, 0, both, first.length - from, second.length);
    return both;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
