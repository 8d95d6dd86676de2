package io.tokenwarden.system.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A secret, and what it looks like when somebody encoded it.
///
/// @param label what messages call it
public record Needle(String label, String value) {

  /// Plain, URL-encoded, Base64 at each of the three alignments it can have inside something larger
  /// (standard and URL-safe), and hex in both cases.
  public List<String> forms() {
    var forms = new ArrayList<String>();
    forms.add(value);
    forms.add(URLEncoder.encode(value, UTF_8));
    for (int shift = 0; shift < 3; shift++) {
      forms.add(base64(Base64.getEncoder(), shift));
      forms.add(base64(Base64.getUrlEncoder(), shift));
    }
    var hex = HexFormat.of().formatHex(value.getBytes(UTF_8));
    forms.add(hex);
    forms.add(hex.toUpperCase(Locale.ROOT));
    return forms.stream().distinct().toList();
  }

  /// The characters that depend on nothing but the secret, if it begins `shift` bytes into a group.
  private String base64(Base64.Encoder encoder, int shift) {
    var bytes = ("x".repeat(shift) + value).getBytes(UTF_8);
    var text = encoder.withoutPadding().encodeToString(bytes);
    var from = shift == 0 ? 0 : shift + 1;
    var whole = bytes.length / 3 * 4;
    return text.substring(from, whole);
  }

  @Override
  public String toString() {
    return "Needle[" + label + "]";
  }
}
