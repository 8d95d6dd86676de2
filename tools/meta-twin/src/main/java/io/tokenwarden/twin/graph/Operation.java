package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One operation of a batch.
///
/// @param relativeUrl path and query, with or without a version and a slash in front
/// @param body form fields; empty for none
/// @param name what others refer to it by; empty for none
/// @param omitted whether its answer is left out if it succeeds; empty where that is not said
record Operation(
    String method, String relativeUrl, String body, String name, Optional<Boolean> omitted) {

  static Operation of(JsonNode json) {
    var omitted = json.get("omit_response_on_success");
    return new Operation(
        json.path("method").asText("GET"),
        json.path("relative_url").asText(),
        json.path("body").asText(),
        json.path("name").asText(),
        Optional.ofNullable(omitted).map(JsonNode::asBoolean));
  }

  /// The operations it cannot do without.
  Set<String> needs() {
    return Stream.concat(
            References.namesIn(relativeUrl).stream(),
            References.namesIn(GraphBody.decoded(body)).stream())
        .collect(Collectors.toSet());
  }

  /// The operation with what it refers to in it; empty if that is not there.
  Optional<Operation> resolved(References results) {
    return results
        .resolved(relativeUrl)
        .flatMap(url ->
            results.resolved(body).map(form -> new Operation(method, url, form, name, omitted)));
  }
}
