package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.graph.FieldList.Nested;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Puts the edges that were asked for with a node into the answer: `campaigns{name,ads{id}}`. Each
/// is answered as if it had been called by itself, so a caller sees no more in it than there.
final class NestedFields {

  private final GraphRequest request;
  private final Function<GraphRequest, JsonNode> api;

  /// @param api answers a call by itself
  NestedFields(GraphRequest request, Function<GraphRequest, JsonNode> api) {
    this.request = request;
    this.api = api;
  }

  JsonNode into(JsonNode answer) {
    var nested = request.parameter("fields").map(FieldList::nested).orElse(List.of());
    nested.forEach(field -> nodes(answer).forEach(node -> add(node, field)));
    return answer;
  }

  private static Stream<ObjectNode> nodes(JsonNode answer) {
    var data = answer.path("data");
    return data.isArray()
        ? StreamSupport.stream(data.spliterator(), false).map(ObjectNode.class::cast)
        : Stream.of((ObjectNode) answer);
  }

  /// What the node has itself is cut down to what was asked for; anything else is an edge of it.
  private void add(ObjectNode node, Nested field) {
    if (node.get(field.name()) instanceof ObjectNode inside) {
      var wanted = field.parameters().getOrDefault("fields", "");
      inside.retain(Stream.concat(FieldList.names(wanted).stream(), Stream.of("id")).toList());
    } else if (!node.has(field.name())) {
      addEdge(node, field);
    }
  }

  private void addEdge(ObjectNode node, Nested field) {
    var edge = edge(node, field);
    if (!edge.path("data").isEmpty()) {
      node.set(field.name(), edge);
    }
  }

  private JsonNode edge(ObjectNode node, Nested field) {
    var id = node.path("id").asText();
    try {
      return api.apply(request.inside(List.of(id, field.name()), field.parameters()));
    } catch (GraphException e) {
      throw e.error().isUnknownPath()
          ? new GraphException(GraphError.unknownField(field.name()))
          : e;
    }
  }
}
