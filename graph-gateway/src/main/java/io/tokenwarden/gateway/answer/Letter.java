package io.tokenwarden.gateway.answer;

/// One character of an answer, however it is spelled there: as it is, behind backslashes, as a
/// backslash with `u` and four digits, as `%7C`, and each of these again inside another text, as in
/// `\\\/` and `%257C`.
///
/// One serves a whole answer: [#read] fills it anew.
final class Letter {

  /// A text inside a text inside a text doubles them each time; a power of two, so that what is
  /// left of a longer run means the same.
  private static final int MOST_BACKSLASHES = 16;

  private static final int PERCENT = 0x25;

  int value;
  int next;

  /// How many stand before it.
  int backslashes;

  /// Whether it is spelled as in a query.
  boolean encoded;

  /// Whether it stands as it is, and what is before it belongs to the text.
  boolean plain;

  /// Reads the one that begins here.
  ///
  /// @return false if the bytes end before it does
  boolean read(byte[] bytes, int at, int end) {
    next = at;
    backslashes = 0;
    encoded = false;
    while (readOne(bytes, end)) {
      if (value != '\\' || ++backslashes == MOST_BACKSLASHES) {
        return true;
      }
    }
    return false;
  }

  boolean isBlank() {
    return value <= ' ';
  }

  private boolean readOne(byte[] bytes, int end) {
    if (next == end) {
      return false;
    }
    byte b = bytes[next];
    if (b == '%') {
      return percent(bytes, next + 1, end);
    }
    if (b == 'u' && backslashes > 0) {
      return unicode(bytes, end);
    }
    plain = backslashes == 0 || (b != '/' && b != '"');
    is(backslashes > 0 && "bfnrt".indexOf(b) >= 0 ? ' ' : b & 0xff, next + 1);
    return true;
  }

  private boolean unicode(byte[] bytes, int end) {
    if (end - next < 5) {
      return false;
    }
    int code = hex(bytes, next + 1, 4);
    if (code == PERCENT) {
      return percent(bytes, next + 5, end);
    }
    if (code < 0) {
      is('u', next + 1);
      plain = true;
    } else {
      is(code, next + 5);
      plain = false;
    }
    return true;
  }

  /// @param at after the sign
  private boolean percent(byte[] bytes, int at, int end) {
    int digits = at;
    while (end - digits >= 2 && hex(bytes, digits, 2) == PERCENT) {
      if (end - digits < 4) {
        return false;
      }
      if (hex(bytes, digits + 2, 2) < 0) {
        break;
      }
      digits += 2;
    }
    if (end - digits < 2) {
      return false;
    }
    int code = hex(bytes, digits, 2);
    if (code < 0) {
      is('%', at);
      plain = true;
    } else {
      is(code, digits + 2);
      plain = false;
      encoded = true;
    }
    return true;
  }

  private void is(int letter, int end) {
    value = letter;
    next = end;
  }

  /// What so many digits spell.
  ///
  /// @return negative if these are no hex digits
  static int hex(byte[] bytes, int at, int digits) {
    int code = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }
}
