package io.tokenwarden.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.gateway.request.Body.Empty;
import io.tokenwarden.gateway.request.Body.Form;
import io.tokenwarden.gateway.request.Body.Json;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.CrashReport;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Inspection;
import io.tokenwarden.gateway.request.Reading.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the items of a batch, each as if it had come by itself. One that would not pass keeps the
/// whole batch from passing.
final class BatchReader {

  private static final int MOST = 50;

  /// Reads one item as the request it is.
  interface ItemReader {
    Reading read(String method, String target, Body body);
  }

  private final ItemReader requests;

  BatchReader(ItemReader requests) {
    this.requests = requests;
  }

  /// @param version for the batch itself
  /// @param said with the batch, without credentials
  Reading read(String version, List<Parameter> said, Optional<PresentedHandle> presented) {
    JsonNode batch = JsonFields.parsed(value("batch", said).orElseThrow());
    if (!batch.isArray() || batch.isEmpty() || batch.size() > MOST) {
      throw new MalformedException("A batch is an array of 1 to %d calls".formatted(MOST));
    }
    List<BatchItem> items = new ArrayList<>();
    for (JsonNode item : batch) {
      switch (request(item)) {
        case Accepted(var request, _) -> items.add(item(request, item));
        case Malformed(var why) -> throw new MalformedException(of(items, why));
        case Forbidden(var why, _) -> {
          return new Forbidden(of(items, why), presented);
        }
        case Inspection _, CrashReport _ -> {
          return new Forbidden(of(items, Credentials.REFUSAL), presented);
        }
      }
    }
    return new Accepted(new GraphRequest(version, headersWanted(said), items), presented);
  }

  private static String of(List<BatchItem> before, String why) {
    return "Item %d of the batch: %s".formatted(before.size(), why);
  }

  private static List<Parameter> headersWanted(List<Parameter> said) {
    return value("include_headers", said)
        .map(value -> List.of(new Parameter("include_headers", value)))
        .orElse(List.of());
  }

  private static Optional<String> value(String name, List<Parameter> said) {
    return said.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst();
  }

  // ---- one item

  private Reading request(JsonNode item) {
    if (!item.path("method").isTextual() || !item.path("relative_url").isTextual()) {
      throw new MalformedException("An item of a batch says its method and its relative_url");
    }
    if (item.has("access_token")) {
      throw new MalformedException("An item of a batch has no credential of its own");
    }
    if (namesFiles(item.path("attached_files"))) {
      throw new MalformedException("A batch takes no files");
    }
    String url = item.get("relative_url").textValue();
    return requests.read(
        item.get("method").textValue(),
        Percent.spelledOut(url.startsWith("/") ? url : "/" + url),
        body(item.path("body")));
  }

  /// SDKs say it of every item, by names in a text or in an object.
  private static boolean namesFiles(JsonNode attached) {
    return attached.isContainerNode() ? !attached.isEmpty() : !attached.asText("").isEmpty();
  }

  private static Body body(JsonNode body) {
    if (body.isObject()) {
      return new Json(body.toString());
    }
    if (body.isTextual()) {
      return new Form(Percent.spelledOut(body.textValue()));
    }
    if (!body.isNull() && !body.isMissingNode()) {
      throw new MalformedException("The body of an item of a batch is a form");
    }
    return new Empty();
  }

  private static BatchItem item(GraphRequest request, JsonNode item) {
    Optional<String> dependsOn = text(item, "depends_on");
    if (dependsOn.filter(it -> !isName(it)).isPresent()) {
      throw new MalformedException("An item of a batch depends on one with a name");
    }
    return new BatchItem(
        request,
        text(item, "name").filter(BatchReader::isName),
        flag(item, "omit_response_on_success"),
        dependsOn);
  }

  private static Optional<String> text(JsonNode item, String member) {
    return item.hasNonNull(member) ? Optional.of(item.get(member).asText()) : Optional.empty();
  }

  /// Whether others can refer to an item by it. What else it is called does not matter to anybody:
  /// the Node SDK calls an item that makes a campaign by the name of the campaign.
  private static boolean isName(String name) {
    return Reference.NAME.matcher(name).matches();
  }

  private static Optional<Boolean> flag(JsonNode item, String member) {
    return item.hasNonNull(member) ? Optional.of(item.get(member).asBoolean()) : Optional.empty();
  }
}
