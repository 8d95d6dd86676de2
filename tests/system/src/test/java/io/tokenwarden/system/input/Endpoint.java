package io.tokenwarden.system.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.system.stack.RunningStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One operation of a service, as its `/q/openapi` tells it.
///
/// @param queryParameters names, `workspace` among them where it is one
/// @param methods of the same path, all of them
record Endpoint(
    String service,
    String method,
    String path,
    List<String> queryParameters,
    boolean takesBody,
    Set<String> methods) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Everything the services say they have.
  static List<Endpoint> all(RunningStack stack) {
    return stack.services().stream().flatMap(service -> of(stack, service)).toList();
  }

  private static Stream<Endpoint> of(RunningStack stack, String service) {
    var paths = description(stack, service).path("paths");
    return paths.propertyStream().flatMap(path -> of(service, path.getKey(), path.getValue()));
  }

  private static JsonNode description(RunningStack stack, String service) {
    try {
      return JSON.readTree(
          stack.service(service).resolve("/q/openapi?format=json").toURL().openStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Endpoint> of(String service, String path, JsonNode operations) {
    var methods = new ArrayList<String>();
    operations.fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
    return methods.stream()
        .map(method -> {
          var operation = operations.get(method.toLowerCase(Locale.ROOT));
          return new Endpoint(
              service,
              method,
              path,
              queryParameters(operation),
              operation.has("requestBody"),
              Set.copyOf(methods));
        });
  }

  private static List<String> queryParameters(JsonNode operation) {
    return StreamSupport.stream(operation.path("parameters").spliterator(), false)
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .map(parameter -> parameter.get("name").asText())
        .toList();
  }

  boolean hasWorkspace() {
    return queryParameters.contains("workspace");
  }

  boolean hasPathParameter() {
    return path.contains("{");
  }

  /// What a browser comes to by itself, without a bearer: its answers are pages.
  boolean isForBrowsers() {
    return path.startsWith("/auth/meta/")
        || Set.of("/", "/console/cards", "/notify/session", "/notify/stream").contains(path);
  }

  /// What Meta calls, with its signature and in its own forms.
  boolean isForMeta() {
    return path.startsWith("/auth/meta/{appId}/");
  }

  /// What belongs to no workspace and takes a bearer for all of them: anybody else is told so,
  /// whatever they send.
  boolean concernsAllWorkspaces() {
    return path.startsWith("/auth/keys") || path.startsWith("/auth/restored");
  }

  /// The path with this in the place of every parameter.
  String at(String value) {
    return path.replaceAll("\\{[^}]+}", value);
  }

  @Override
  public String toString() {
    return service + " " + method + " " + path;
  }
}
