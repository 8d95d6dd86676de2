package io.tokenwarden.gateway.answer;

import io.tokenwarden.graph.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Replaces exact byte sequences in a stream, also where one is cut in two by a chunk border. It
/// knows nothing of JSON and therefore cannot be led astray by broken JSON: the last guard before
/// the caller.
final class SecretFilter {

  /// The shortest beginning of a secret that is worth cutting off when the answer ends inside it.
  private static final int TELLING = 8;

  private static final byte[] MASK = "****".getBytes(StandardCharsets.US_ASCII);

  private final List<byte[]> needles = new ArrayList<>();
  private final boolean[] begins = new boolean[256];
  private final int longest;
  private byte[] carried = new byte[0];

  SecretFilter(List<? extends Secret> secrets) {
    secrets.stream()
        .flatMap(secret -> spellings(secret).stream())
        .map(spelling -> spelling.getBytes(StandardCharsets.US_ASCII))
        .forEach(needles::add);
    needles.forEach(needle -> begins[needle[0] & 0xff] = true);
    longest = needles.stream().mapToInt(needle -> needle.length).max().orElse(1);
  }

  /// As it stands, as a query spells it (in either case of hex digits), and as JSON may escape it.
  static Set<String> spellings(Secret secret) {
    String value = secret.revealSecret();
    String encoded = URLEncoder.encode(value, StandardCharsets.US_ASCII);
    Set<String> spellings = new LinkedHashSet<>();
    spellings.add(value);
    spellings.add(encoded);
    spellings.add(lowerHex(encoded));
    spellings.add(value.replace("/", "\\/"));
    spellings.add(unicodeEscaped(value, "%04x"));
    spellings.add(unicodeEscaped(value, "%04X"));
    return spellings;
  }

  private static String unicodeEscaped(String value, String format) {
    StringBuilder escaped = new StringBuilder();
    value
        .chars()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c)) {
            escaped.append((char) c);
          } else {
            escaped.append("\\u").append(String.format(Locale.ROOT, format, c));
          }
        });
    return escaped.toString();
  }

  private static String lowerHex(String encoded) {
    StringBuilder lower = new StringBuilder(encoded);
    for (int i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', i + 1)) {
      lower.replace(i, i + 3, encoded.substring(i, i + 3).toLowerCase(Locale.ROOT));
    }
    return lower.toString();
  }

  /// The bytes that are surely clean by now; the rest is kept until more is known.
  byte[] accept(byte[] chunk) {
    byte[] bytes = joined(carried, chunk);
    return pass(bytes, bytes.length - longest + 1);
  }

  /// What was kept, once nothing more comes; without the beginning of a secret that Meta cut off.
  byte[] finish() {
    byte[] bytes = carried;
    byte[] clean = pass(bytes, bytes.length);
    return Arrays.copyOf(clean, clean.length - cutOffAtTheEnd(clean));
  }

  private int cutOffAtTheEnd(byte[] bytes) {
    int cut = 0;
    for (byte[] needle : needles) {
      for (int n = Math.min(needle.length - 1, bytes.length); n >= TELLING && n > cut; n--) {
        if (Arrays.equals(bytes, bytes.length - n, bytes.length, needle, 0, n)) {
          cut = n;
        }
      }
    }
    return cut;
  }

  /// @param until no needle that begins at or after this position is looked for yet
  private byte[] pass(byte[] bytes, int until) {
    ByteArrayOutputStream clean = new ByteArrayOutputStream(bytes.length + 16);
    int at = 0;
    while (at < until) {
      byte[] needle = begins[bytes[at] & 0xff] ? needleAt(bytes, at) : null;
      if (needle == null) {
        clean.write(bytes[at++]);
      } else {
        clean.writeBytes(MASK);
        at += needle.length;
      }
    }
    carried = Arrays.copyOfRange(bytes, at, bytes.length);
    return clean.toByteArray();
  }

  private byte[] needleAt(byte[] bytes, int at) {
    for (byte[] needle : needles) {
      int end = at + needle.length;
      if (end <= bytes.length && Arrays.equals(bytes, at, end, needle, 0, needle.length)) {
        return needle;
      }
    }
    return null;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    if (first.length == 0) {
      return second;
    }
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
