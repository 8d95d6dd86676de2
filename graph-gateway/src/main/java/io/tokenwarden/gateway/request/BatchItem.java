package io.tokenwarden.gateway.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// One of the calls that a batch makes.
///
/// @param name by which later items refer to what came of it
/// @param omitted whether its success is left out of the answer; if it does not say, it is left out
///   where others refer to it
/// @param dependsOn the item that must have come before it
public record BatchItem(
    GraphRequest request,
    Optional<String> name,
    Optional<Boolean> omitted,
    Optional<String> dependsOn) {

  BatchItem inVersion(String pin) {
    return new BatchItem(request.inVersion(pin), name, omitted, dependsOn);
  }

  /// Whether it takes something from what came of another.
  public boolean refers() {
    return dependsOn.isPresent()
        || request.parameters().stream().anyMatch(parameter -> Reference.isIn(parameter.value()));
  }

  /// Whether a missing answer may mean that all went well.
  public boolean mayBeLeftOut() {
    return omitted.orElse(name.isPresent());
  }

  /// As Graph reads it. References stand there as they are: Graph looks for them before it decodes
  /// anything.
  ObjectNode written() {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    String form = request.form(Reference::encoded);
    boolean inBody = request.verb() == Verb.POST;
    String path = request.path().substring(1);
    item.put("method", request.verb().name());
    item.put("relative_url", inBody || form.isEmpty() ? path : path + "?" + form);
    if (inBody) {
      item.put("body", form);
    }
    name.ifPresent(it -> item.put("name", it));
    omitted.ifPresent(it -> item.put("omit_response_on_success", it));
    dependsOn.ifPresent(it -> item.put("depends_on", it));
    return item;
  }
}
