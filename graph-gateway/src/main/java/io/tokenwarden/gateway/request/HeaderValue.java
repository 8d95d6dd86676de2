package io.tokenwarden.gateway.request;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `form-data; name="x"`: a value and its attributes, as media types and dispositions have them.
///
/// @param value in lower case
/// @param attributes by their names in lower case
public record HeaderValue(String value, Map<String, String> attributes) {
  private static final Pattern WHOLE =
      Pattern.compile(
          "\\s*([A-Za-z0-9/.+_-]+)((?:\\s*;\\s*[A-Za-z*]+=(?:\"[^\"\\\\\\p{Cntrl}]*\"|[^\\s\";\\p{Cntrl}]+))*)\\s*;?\\s*");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s*;\\s*([A-Za-z*]+)=(?:\"([^\"\\\\]*)\"|([^\\s\";]+))");

  public HeaderValue {
    attributes = Map.copyOf(attributes);
  }

  /// @throws MalformedException if it is no such thing, or says an attribute twice
  public static HeaderValue parse(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      throw new MalformedException("A header cannot be read");
    }
    Map<String, String> attributes = new HashMap<>();
    Matcher attribute = ATTRIBUTE.matcher(whole.group(2));
    while (attribute.find()) {
      String value = attribute.group(2) == null ? attribute.group(3) : attribute.group(2);
      if (attributes.put(attribute.group(1).toLowerCase(Locale.ROOT), value) != null) {
        throw new MalformedException("A header says an attribute twice");
      }
    }
    return new HeaderValue(whole.group(1).toLowerCase(Locale.ROOT), attributes);
  }

  /// Null if it does not say.
  public String attribute(String name) {
    return attributes.get(name);
  }
}
