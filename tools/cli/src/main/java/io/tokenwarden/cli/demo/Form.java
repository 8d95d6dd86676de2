package io.tokenwarden.cli.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A form on a page, with the fields it carries hidden.
record Form(URI action, List<Map.Entry<String, String>> fields) {

  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)=\"([^\"]*)\"");

  Form {
    fields = List.copyOf(fields);
  }

  /// The first form of a page; empty if it has none.
  static Optional<Form> first(URI page, String html) {
    var form = FORM.matcher(html);
    if (!form.find()) {
      return Optional.empty();
    }
    var action = attributes(form.group(1)).getOrDefault("action", "");
    return Optional.of(new Form(page.resolve(action), hidden(form.group(2))));
  }

  Form with(String name, String value) {
    var more = new ArrayList<>(fields);
    more.add(Map.entry(name, value));
    return new Form(action, more);
  }

  String encoded() {
    return fields.stream()
        .map(field -> Http.encoded(field.getKey()) + "=" + Http.encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static List<Map.Entry<String, String>> hidden(String html) {
    return INPUT
        .matcher(html)
        .results()
        .map(input -> attributes(input.group(1)))
        .filter(input -> "hidden".equals(input.get("type")) && input.containsKey("name"))
        .map(input -> Map.entry(input.get("name"), input.getOrDefault("value", "")))
        .toList();
  }

  private static Map<String, String> attributes(String text) {
    return ATTRIBUTE
        .matcher(text)
        .results()
        .collect(
            Collectors.toMap(
                attribute -> attribute.group(1),
                attribute -> unescaped(attribute.group(2)),
                (first, _) -> first));
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
