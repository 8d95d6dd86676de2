package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.AdObject;
import io.tokenwarden.twin.world.AdObject.Kind;
import io.tokenwarden.twin.world.AdObjects;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Campaigns, ad sets, ads, images and videos: listed and made on the ad account they are in, read,
/// changed and deleted by their ids.
@Singleton
final class AdNodes {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> STATUSES = List.of("ACTIVE", "PAUSED", "DELETED", "ARCHIVED");

  private final AdObjects objects;
  private final Uploads uploads;
  private final Map<Kind, Fields<AdObject>> fields = new EnumMap<>(Kind.class);

  @Inject
  AdNodes(AdObjects objects, Uploads uploads) {
    this.objects = objects;
    this.uploads = uploads;
    Stream.of(Kind.values()).forEach(kind -> fields.put(kind, fieldsOf(kind)));
  }

  private static Fields<AdObject> fieldsOf(Kind kind) {
    var fields =
        new Fields<AdObject>(kind.nodeType(), "id")
            .text("id", AdObject::id)
            .text("account_id", AdObject::accountId)
            .node("effective_status", object -> value(object, "status"));
    Stream.concat(kind.parents().stream(), kind.writable().stream())
        .forEach(name -> fields.node(name, object -> value(object, name)));
    return fields;
  }

  /// What was written as JSON is read as JSON; all else is text.
  private static JsonNode value(AdObject object, String name) {
    var json = JsonNodeFactory.instance;
    return object.value(name).map(AdNodes::parsed).orElse(json.nullNode());
  }

  private static JsonNode parsed(String text) {
    var plain = JsonNodeFactory.instance.textNode(text);
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return plain;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return plain;
    }
  }

  /// A call to an edge of an ad account; empty if no objects are on it.
  Optional<JsonNode> edge(GraphRequest request, Caller caller, AdAccount account) {
    return Kind.onEdge(request.edge())
        .flatMap(kind ->
            switch (request.method()) {
              case "GET" -> Optional.of(list(request, account, kind, uploads.wanted(request)));
              case "POST" -> Optional.of(make(request, caller, account, kind));
              default -> Optional.empty();
            });
  }

  /// A call to an object or to an edge of one; empty if it has no such edge.
  Optional<JsonNode> node(GraphRequest request, Caller caller, AdAccount account, AdObject object) {
    return switch (request.method() + " " + request.edge()) {
      case "GET " -> Optional.of(shown(request, object));
      case "POST " -> Optional.of(change(request, caller, object));
      case "DELETE " -> Optional.of(delete(caller, object));
      default -> parts(request, account, object);
    };
  }

  private JsonNode shown(GraphRequest request, AdObject object) {
    var known = fields.get(object.kind());
    return known.of(object, known.chosen(request));
  }

  /// The ad sets or ads that are part of an object.
  private Optional<JsonNode> parts(GraphRequest request, AdAccount account, AdObject whole) {
    return Kind.onEdge(request.edge())
        .filter(_ -> request.method().equals("GET"))
        .filter(kind -> kind.parents().contains(whole.kind().reference()))
        .map(kind ->
            list(
                request,
                account,
                kind,
                part ->
                    part.value(whole.kind().reference()).filter(whole.id()::equals).isPresent()));
  }

  private JsonNode list(
      GraphRequest request, AdAccount account, Kind kind, Predicate<AdObject> wanted) {
    var known = fields.get(kind);
    var chosen = known.chosen(request);
    var found =
        objects.in(account).stream()
            .filter(object -> object.kind() == kind && !object.isDeleted())
            .filter(wanted)
            .toList();
    return Page.of(request, found, object -> known.of(object, chosen));
  }

  private JsonNode make(GraphRequest request, Caller caller, AdAccount account, Kind kind) {
    caller.mustManageAds();
    if (kind.isUploaded()) {
      return uploads.take(request, account, kind);
    }
    var values = values(request, kind);
    required(request, "name");
    values.putIfAbsent("status", "ACTIVE");
    values.putAll(parentsOf(request, account, kind));
    return validatesOnly(request)
        ? GraphJson.success()
        : GraphJson.id(objects.make(account, kind, values).id());
  }

  /// What a new object is part of: the nearest is named, the others follow from it.
  private Map<String, String> parentsOf(GraphRequest request, AdAccount account, Kind kind) {
    if (kind.parents().isEmpty()) {
      return Map.of();
    }
    var name = kind.parents().getFirst();
    var parent =
        objects
            .in(account, required(request, name))
            .filter(it -> name.equals(it.kind().reference()) && !it.isDeleted())
            .orElseThrow(() ->
                new GraphException(
                    GraphError.invalidParameter("The parameter " + name + " is invalid")));
    var parents = new HashMap<String, String>();
    parent.kind().parents().forEach(it -> parents.put(it, parent.value(it).orElseThrow()));
    parents.put(name, parent.id());
    return parents;
  }

  private JsonNode change(GraphRequest request, Caller caller, AdObject object) {
    caller.mustManageAds();
    var values = values(request, object.kind());
    if (!validatesOnly(request)) {
      objects.put(object.with(values));
    }
    return GraphJson.success();
  }

  private JsonNode delete(Caller caller, AdObject object) {
    caller.mustManageAds();
    objects.put(object.deleted());
    return GraphJson.success();
  }

  private static Map<String, String> values(GraphRequest request, Kind kind) {
    var values = new HashMap<String, String>();
    kind.writable()
        .forEach(name -> request.parameter(name).ifPresent(value -> values.put(name, value)));
    if (values.containsKey("status") && !STATUSES.contains(values.get("status"))) {
      throw new GraphException(
          GraphError.invalidParameter(
              "Param status must be one of {%s}".formatted(String.join(", ", STATUSES))));
    }
    return values;
  }

  private static String required(GraphRequest request, String name) {
    return request
        .parameter(name)
        .orElseThrow(() ->
            new GraphException(
                GraphError.invalidParameter("The parameter " + name + " is required")));
  }

  /// `execution_options` is a list, which SDKs write as JSON.
  private static boolean validatesOnly(GraphRequest request) {
    return request
        .parameter("execution_options")
        .filter(options -> options.contains("validate_only"))
        .isPresent();
  }
}
