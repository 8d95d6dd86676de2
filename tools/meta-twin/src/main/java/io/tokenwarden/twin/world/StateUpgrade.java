package io.tokenwarden.twin.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Reads states of format 1, in which there was one app and every grant, token and code was for it.
final class StateUpgrade {

  private static final List<String> COUNTS = List.of("people", "accounts", "campaigns", "tokens");

  /// The app of a state that knew but one.
  private final String appId;

  StateUpgrade(String appId) {
    this.appId = appId;
  }

  JsonNode upgraded(JsonNode state) {
    if (state.path("format").asInt() == 1 && state instanceof ObjectNode old) {
      count(old);
      old.putArray("apps").addObject().put("id", appId).set("standing", old.remove("app"));
      old.path("people").forEach(person -> upgradePerson((ObjectNode) person));
      old.path("tokens").forEach(this::belongsToTheApp);
      old.path("codes").forEach(this::belongsToTheApp);
      old.put("format", WorldState.FORMAT);
    }
    return state;
  }

  private static void count(ObjectNode state) {
    var made = state.putObject("made").put("apps", 0);
    COUNTS.forEach(name -> made.set(name, state.remove(name + "Made")));
  }

  private void upgradePerson(ObjectNode person) {
    var grant = person.remove("grant");
    var grants = person.putObject("grants");
    if (grant != null && !grant.isNull()) {
      grants.set(appId, grant);
    }
    person.putObject("troubles").set("checkpoint", person.remove("checkpoint"));
  }

  private void belongsToTheApp(JsonNode something) {
    ((ObjectNode) something).put("appId", appId);
  }
}
