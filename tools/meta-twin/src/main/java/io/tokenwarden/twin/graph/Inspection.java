package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.MetaApp;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.TokenKind;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;

/// `/debug_token`: what a token is. It answers 200 for dead and unknown tokens too, and says
/// `subcode` where every other error says `error_subcode`.
@Singleton
final class Inspection {

  private final World world;
  private final MetaApp app;
  private final Credentials credentials;

  @Inject
  Inspection(World world, MetaApp app, Credentials credentials) {
    this.world = world;
    this.app = app;
    this.credentials = credentials;
  }

  JsonNode inspect(GraphRequest request) {
    credentials.mustBeApp(request);
    var input =
        request
            .secretParameter("input_token")
            .orElseThrow(() ->
                new GraphException(
                    GraphError.invalidParameter("The parameter input_token is required")));
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("data", data(input));
    return answer;
  }

  private ObjectNode data(Secret input) {
    if (input.equals(app.token())) {
      return appToken();
    }
    return world.token(input).map(this::known).orElseGet(Inspection::unknown);
  }

  private ObjectNode known(IssuedToken token) {
    return token.kind() == TokenKind.APP ? appToken() : userToken(token);
  }

  private ObjectNode appToken() {
    var data = described("APP").put("is_valid", true);
    data.putArray("scopes");
    return data;
  }

  private ObjectNode userToken(IssuedToken token) {
    var error = credentials.errorOf(token);
    var data = described("USER");
    data.put("data_access_expires_at", seconds(token.dataAccessExpiresAt()));
    error.ifPresent(it -> data.set("error", reduced(it)));
    data.put("expires_at", seconds(token.expiresAt()));
    data.put("is_valid", error.isEmpty());
    if (token.kind() == TokenKind.LONG_LIVED) {
      data.put("issued_at", seconds(token.issuedAt()));
    }
    addScopes(data, token);
    return data.put("user_id", token.personId());
  }

  private static ObjectNode unknown() {
    var data = JsonNodeFactory.instance.objectNode();
    data.set("error", reduced(GraphError.unknownToken(false)));
    data.put("is_valid", false).putArray("scopes");
    return data;
  }

  private ObjectNode described(String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("app_id", app.id())
        .put("type", type)
        .put("application", app.name());
  }

  private void addScopes(ObjectNode data, IssuedToken token) {
    var scopes = data.putArray("scopes");
    var granular = data.putArray("granular_scopes");
    var person = world.person(token.personId()).orElseThrow();
    new Caller(person, token)
        .scopes()
        .forEach(scope -> {
          scopes.add(scope);
          if (!scope.equals("public_profile")) {
            granular.addObject().put("scope", scope);
          }
        });
  }

  private static ObjectNode reduced(GraphError error) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("code", error.code())
            .put("message", error.message());
    if (error.subcode() != null) {
      json.put("subcode", error.subcode());
    }
    return json;
  }

  private static long seconds(Instant instant) {
    return instant == null ? 0 : instant.getEpochSecond();
  }
}
