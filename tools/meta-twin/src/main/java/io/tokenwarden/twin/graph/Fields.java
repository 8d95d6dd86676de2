package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields a kind of node has, and the ones a caller gets who names none.
final class Fields<T> {

  private final String nodeType;
  private final Map<String, Function<T, JsonNode>> known = new LinkedHashMap<>();
  private final List<String> defaults;

  Fields(String nodeType, String... defaults) {
    this.nodeType = nodeType;
    this.defaults = List.of(defaults);
  }

  Fields<T> text(String name, Function<T, Object> value) {
    return node(name, it -> JsonNodeFactory.instance.textNode(String.valueOf(value.apply(it))));
  }

  Fields<T> node(String name, Function<T, JsonNode> value) {
    known.put(name, value);
    return this;
  }

  /// The names asked for, each known.
  List<String> chosen(GraphRequest request) {
    return request.parameter("fields").map(this::parsed).orElse(defaults);
  }

  /// The node with these fields; a field without a value is left out, as Meta does.
  ObjectNode of(T it, List<String> names) {
    var json = JsonNodeFactory.instance.objectNode();
    for (var name : names) {
      var value = known.get(name).apply(it);
      if (!value.isNull()) {
        json.set(name, value);
      }
    }
    return json;
  }

  List<String> all() {
    return List.copyOf(known.keySet());
  }

  /// Of what is asked for with something inside, those that are fields; the others are edges. What
  /// has an id always says it, as at Meta.
  private List<String> parsed(String fields) {
    var edges =
        FieldList.nested(fields).stream()
            .map(FieldList.Nested::name)
            .filter(name -> !known.containsKey(name))
            .collect(Collectors.toSet());
    var plain = FieldList.names(fields).stream().filter(name -> !edges.contains(name));
    var id = Stream.of("id").filter(known::containsKey);
    return Stream.concat(plain, id).distinct().map(this::checked).toList();
  }

  private String checked(String field) {
    if (!known.containsKey(field)) {
      throw new GraphException(GraphError.unknownField(field, nodeType));
    }
    return field;
  }
}
