package io.tokenwarden.gateway.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding, without indulgence.
final class Percent {

  private Percent() {}

  /// @param plusIsBlank as in queries and forms
  /// @throws MalformedException if it is not encoded as it must be, or no UTF-8
  static String decoded(String raw, boolean plusIsBlank) {
    if (raw.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '%' && c != '+')) {
      return raw;
    }
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new MalformedException("The request holds characters that must be encoded");
      } else if (c == '%') {
        bytes.put(hex(raw, i + 1));
        i += 2;
      } else {
        bytes.put((byte) (c == '+' && plusIsBlank ? ' ' : c));
      }
    }
    return utf8(bytes.flip());
  }

  /// As [#decoded] takes it, for what stood in a JSON string, where SDKs leave blanks and letters
  /// beyond ASCII as they are.
  static String spelledOut(String text) {
    if (text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return text;
    }
    StringBuilder spelled = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f) {
        spelled.append((char) b);
      } else {
        spelled.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    return spelled.toString();
  }

  private static byte hex(String raw, int at) {
    int high = at + 1 < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    int low = at + 1 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw new MalformedException("The request holds a percent sign that encodes nothing");
    }
    return (byte) (high << 4 | low);
  }

  static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedException("The request is not UTF-8");
    }
  }
}
