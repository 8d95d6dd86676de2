package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.TokenKind;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/// `/debug_token`: what a token is. It answers 200 for dead and unknown tokens too, and says
/// `subcode` where every other error says `error_subcode`. An app sees its own tokens alone.
@Singleton
final class Inspection {

  private final World world;
  private final Tokens tokens;
  private final Credentials credentials;

  @Inject
  Inspection(World world, Tokens tokens, Credentials credentials) {
    this.world = world;
    this.tokens = tokens;
    this.credentials = credentials;
  }

  JsonNode inspect(GraphRequest request) {
    var app = credentials.callingApp(request);
    var input =
        request
            .secretParameter("input_token")
            .orElseThrow(() ->
                new GraphException(
                    GraphError.invalidParameter("The parameter input_token is required")));
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("data", data(app, input));
    return answer;
  }

  private ObjectNode data(MetaApp app, Secret input) {
    var literal = credentials.literal(input);
    if (literal.isPresent()) {
      mustBeTheSame(app, literal.get().id());
      return appToken(app);
    }
    return tokens.of(input).map(token -> known(app, token)).orElseGet(Inspection::unknown);
  }

  private ObjectNode known(MetaApp app, IssuedToken token) {
    mustBeTheSame(app, token.appId());
    return token.kind() == TokenKind.APP ? appToken(app) : userToken(app, token);
  }

  private static void mustBeTheSame(MetaApp app, String appOfToken) {
    if (!app.id().equals(appOfToken)) {
      throw new GraphException(GraphError.tokenOfAnotherApp());
    }
  }

  private static ObjectNode appToken(MetaApp app) {
    var data = described(app, TokenKind.APP).put("is_valid", true);
    data.putArray("scopes");
    return data;
  }

  private ObjectNode userToken(MetaApp app, IssuedToken token) {
    var person = world.person(token.personId()).orElseThrow();
    var caller = credentials.caller(person, token);
    var error = credentials.errorOf(token);
    var data = described(app, token.kind());
    data.put("data_access_expires_at", seconds(token.dataAccessExpiresAt()));
    error.ifPresent(it -> data.set("error", reduced(it)));
    data.put("expires_at", seconds(token.expiresAt()));
    data.put("is_valid", error.isEmpty());
    if (token.kind() == TokenKind.LONG_LIVED) {
      data.put("issued_at", seconds(token.issuedAt()));
    }
    if (token.pageId() != null) {
      data.put("profile_id", token.pageId());
    }
    addScopes(data, caller);
    return data.put("user_id", caller.userId());
  }

  private static ObjectNode unknown() {
    var data = JsonNodeFactory.instance.objectNode();
    data.set("error", reduced(GraphError.unknownToken(false)));
    data.put("is_valid", false).putArray("scopes");
    return data;
  }

  private static ObjectNode described(MetaApp app, TokenKind kind) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("app_id", app.id())
        .put("type", kind.type())
        .put("application", app.name());
  }

  private static void addScopes(ObjectNode data, Caller caller) {
    var scopes = data.putArray("scopes");
    var granular = data.putArray("granular_scopes");
    caller
        .scopes()
        .forEach(scope -> {
          scopes.add(scope);
          if (!scope.equals("public_profile")) {
            addTargets(granular.addObject().put("scope", scope), caller.grant().targets(scope));
          }
        });
  }

  /// What was given for all there is names nothing.
  private static void addTargets(ObjectNode granular, Set<String> targets) {
    if (!targets.isEmpty()) {
      new TreeSet<>(targets).forEach(granular.putArray("target_ids")::add);
    }
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
