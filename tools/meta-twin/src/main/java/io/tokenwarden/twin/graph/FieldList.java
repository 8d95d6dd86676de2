package io.tokenwarden.twin.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The value of `fields`, taken apart: `id,campaigns.limit(2){name,ads{id}}`.
final class FieldList {

  private static final Pattern MODIFIER = Pattern.compile("\\.(\\w+)\\(([^()]*)\\)");
  private static final Pattern NAME = Pattern.compile("[^.{(]+");

  private FieldList() {}

  /// The fields named, without what is asked of their insides.
  static List<String> names(String fields) {
    return parts(fields).stream().map(FieldList::name).distinct().toList();
  }

  /// The fields of which something inside is asked for.
  static List<Nested> nested(String fields) {
    return parts(fields).stream().filter(FieldList::isNested).map(FieldList::nestedOf).toList();
  }

  private static boolean isNested(String part) {
    return !name(part).equals(part);
  }

  private static Nested nestedOf(String part) {
    var brace = part.indexOf('{');
    var parameters = new LinkedHashMap<String, String>();
    MODIFIER
        .matcher(brace < 0 ? part : part.substring(0, brace))
        .results()
        .forEach(it -> parameters.put(it.group(1), it.group(2)));
    if (brace >= 0 && part.endsWith("}")) {
      parameters.put("fields", part.substring(brace + 1, part.length() - 1));
    }
    return new Nested(name(part), parameters);
  }

  private static String name(String part) {
    var name = NAME.matcher(part);
    return name.lookingAt() ? name.group().strip() : part;
  }

  /// Cut at the commas that are in no bracket.
  private static List<String> parts(String fields) {
    var parts = new ArrayList<String>();
    var depth = 0;
    var begin = 0;
    for (var i = 0; i <= fields.length(); i++) {
      var letter = i == fields.length() ? ',' : fields.charAt(i);
      depth += isOneOf("{(", letter) ? 1 : isOneOf("})", letter) ? -1 : 0;
      if ((letter == ',' && depth <= 0) || i == fields.length()) {
        parts.add(fields.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }

  private static boolean isOneOf(String letters, char letter) {
    return letters.indexOf(letter) >= 0;
  }

  /// A field with something asked of its inside.
  ///
  /// @param parameters as if its edge had been called by itself
  record Nested(String name, Map<String, String> parameters) {}
}
