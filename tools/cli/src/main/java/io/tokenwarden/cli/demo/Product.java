package io.tokenwarden.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.contracts.Service;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The five services, asked over HTTP as any client asks them, in the name of an operator of one
/// workspace.
final class Product {

  private final Http http;
  private final Function<Service, String> addresses;
  private final String workspace;
  private final Supplier<String> bearer;

  /// @param bearer asked once for every call
  Product(
      Http http, Function<Service, String> addresses, String workspace, Supplier<String> bearer) {
    this.http = http;
    this.addresses = addresses;
    this.workspace = workspace;
    this.bearer = bearer;
  }

  /// Begins a dance for a new connection and returns where the browser starts.
  URI handoff() {
    return handoff(JsonNodeFactory.instance.objectNode().put("workspaceId", workspace));
  }

  /// Begins a dance that reconnects.
  URI handoff(String connectionId) {
    return handoff(
        JsonNodeFactory.instance
            .objectNode()
            .put("workspaceId", workspace)
            .put("connectionId", connectionId));
  }

  private URI handoff(JsonNode order) {
    var request =
        request(Service.AUTH_SERVICE, "/auth/handoffs", Map.of())
            .header("Content-Type", "application/json")
            .POST(Http.json(order));
    return URI.create(http.ask(Service.AUTH_SERVICE.id(), request.build()).path("url").asText());
  }

  JsonNode connection(String id) {
    return get(Service.AUTH_SERVICE, "/auth/connections/" + id, Map.of());
  }

  List<JsonNode> connectionsOf(Person person) {
    return list(Service.AUTH_SERVICE, "/auth/connections", Map.of(), "next")
        .filter(connection -> connection.path("metaUserId").asText().equals(person.id()))
        .toList();
  }

  JsonNode schedule(AdAccount account) {
    return get(Service.SYNC_WORKER, "/sync/schedules/" + account.id(), Map.of());
  }

  void force(AdAccount account) {
    http.ask(Service.SYNC_WORKER.id(), forcing(account));
  }

  /// Asks for a sync that may well be refused.
  void tryToForce(AdAccount account) {
    http.send(Service.SYNC_WORKER.id(), forcing(account));
  }

  private HttpRequest forcing(AdAccount account) {
    return request(Service.SYNC_WORKER, "/sync/schedules/" + account.id() + "/force", Map.of())
        .POST(BodyPublishers.noBody())
        .build();
  }

  Insights insights(AdAccount account, String level, Days days) {
    return new Insights(
        list(Service.SYNC_WORKER, "/sync/insights/" + account.id(), range(level, days), "after")
            .map(Insight::synced)
            .toList());
  }

  Coverage coverage(AdAccount account, String level, Days days) {
    return Coverage.of(
        get(Service.SYNC_WORKER, "/sync/coverage/" + account.id(), range(level, days)));
  }

  /// The notifications about a connection in a state, `OPEN` or `RESOLVED`.
  List<JsonNode> notifications(String connectionId, String state) {
    return list(Service.NOTIFIER, "/notify/notifications", Map.of("state", state), "next")
        .filter(it -> it.path("connectionId").asText().equals(connectionId))
        .toList();
  }

  private static Map<String, String> range(String level, Days days) {
    return Map.of("level", level, "from", days.from().toString(), "to", days.to().toString());
  }

  private JsonNode get(Service service, String path, Map<String, String> query) {
    return http.ask(service.id(), request(service, path, query).GET().build());
  }

  private HttpRequest.Builder request(Service service, String path, Map<String, String> query) {
    var all = new TreeMap<>(query);
    all.put("workspace", workspace);
    return Http.request(URI.create(addresses.apply(service)).resolve(path + "?" + Http.query(all)))
        .header("Authorization", "Bearer " + bearer.get());
  }

  /// All pages of a list.
  ///
  /// @param cursor the parameter that takes the `next` of the page before
  private Stream<JsonNode> list(
      Service service, String path, Map<String, String> query, String cursor) {
    var items = new ArrayList<JsonNode>();
    var page = get(service, path, query);
    page.path("items").forEach(items::add);
    while (page.path("next").isTextual()) {
      var more = new TreeMap<>(query);
      more.put(cursor, page.path("next").textValue());
      page = get(service, path, more);
      page.path("items").forEach(items::add);
    }
    return items.stream();
  }
}
