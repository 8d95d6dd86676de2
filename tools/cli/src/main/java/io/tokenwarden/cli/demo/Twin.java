package io.tokenwarden.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The Meta twin's control API: what happens at Meta, and what Meta saw.
final class Twin {

  private static final String NAME = "the Meta twin";
  private static final int MOST_CALLS = 10_000;

  private final Http http;
  private final URI address;

  Twin(Http http, String address) {
    this.http = http;
    this.address = URI.create(address);
  }

  /// Makes a person with two ad accounts whose days do not begin together.
  Person addPerson(String name) {
    var order = JsonNodeFactory.instance.objectNode().put("name", name);
    var accounts = order.putArray("adAccounts");
    accounts
        .addObject()
        .put("name", name + " West")
        .put("timezone", "America/Los_Angeles")
        .put("currency", "USD")
        .put("campaigns", 3);
    accounts
        .addObject()
        .put("name", name + " East")
        .put("timezone", "Asia/Tokyo")
        .put("currency", "EUR")
        .put("campaigns", 2);
    var person =
        http.ask(
            NAME,
            request("/twin/people")
                .header("Content-Type", "application/json")
                .POST(Http.json(order))
                .build());
    return new Person(
        person.path("id").asText(),
        person.path("name").asText(),
        stream(person.path("adAccounts")).map(Twin::adAccount).toList());
  }

  void changePassword(Person person) {
    http.ask(
        NAME,
        request("/twin/people/" + person.id() + "/change-password")
            .POST(BodyPublishers.noBody())
            .build());
  }

  /// Label of the person's newest long-lived token.
  Optional<String> longLivedTokenOf(Person person) {
    return tokensOf(person)
        .filter(token -> token.path("kind").asText().equals("long-lived"))
        .map(token -> token.path("label").asText())
        .reduce((_, newest) -> newest);
  }

  /// Why a token is dead; empty while it lives.
  Optional<String> deathOf(Person person, String label) {
    return tokensOf(person)
        .filter(token -> token.path("label").asText().equals(label))
        .map(token -> token.path("deadBecause").asText(""))
        .filter(cause -> !cause.isEmpty() && !cause.equals("null"))
        .findFirst();
  }

  /// Calls after a sequence number that were made with a token or about it.
  List<GraphCall> callsConcerning(String label, long after) {
    return stream(
            get(
                    "/twin/calls",
                    Map.of("after", "" + after, "token", label, "limit", "" + MOST_CALLS))
                .path("items"))
        .map(GraphCall::of)
        .toList();
  }

  /// The newest sequence number in the call log.
  long lastCall() {
    return get("/twin/calls", Map.of("limit", "0")).path("last").asLong();
  }

  /// What Meta holds.
  Insights insights(AdAccount account, String level, Days days) {
    return new Insights(
        stream(
                get(
                    "/twin/truth/insights",
                    Map.of(
                        "account", account.id(),
                        "level", level,
                        "from", days.from().toString(),
                        "to", days.to().toString())))
            .map(Insight::held)
            .toList());
  }

  private Stream<JsonNode> tokensOf(Person person) {
    return stream(get("/twin/tokens", Map.of()))
        .filter(token -> token.path("personId").asText().equals(person.id()));
  }

  private static AdAccount adAccount(JsonNode account) {
    return new AdAccount(
        account.path("id").asText(),
        account.path("name").asText(),
        ZoneId.of(account.path("timezone").asText()));
  }

  private JsonNode get(String path, Map<String, String> query) {
    return http.ask(NAME, request(path + "?" + Http.query(query)).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return Http.request(address.resolve(path));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
