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

  /// As [#decoded] takes it, for what stood in a JSON string, where SDKs leave blanks, letters
  /// beyond ASCII and percent signs as they are.
  static String spelledOut(String text) {
    if (text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '%')) {
      return text;
    }
    StringBuilder spelled = new StringBuilder();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b > ' ' && b < 0x7f && (b != '%' || encodes(bytes, i))) {
        spelled.append((char) b);
      } else {
        spelled.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    return spelled.toString();
  }

  private static boolean encodes(byte[] bytes, int percent) {
    return percent + 2 < bytes.length
        && HexFormat.isHexDigit(bytes[percent + 1])
        && HexFormat.isHexDigit(bytes[percent + 2]);
  }

  private static byte hex(String raw, int at) {
    boolean encodes =
        at + 1 < raw.length()
            && HexFormat.isHexDigit(raw.charAt(at))
            && HexFormat.isHexDigit(raw.charAt(at + 1));
    if (!encodes) {
      throw new MalformedException("The request holds a percent sign that encodes nothing");
    }
    return (byte) HexFormat.fromHexDigits(raw, at, at + 2);
  }

  static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedException("The request is not UTF-8");
    }
  }
}
