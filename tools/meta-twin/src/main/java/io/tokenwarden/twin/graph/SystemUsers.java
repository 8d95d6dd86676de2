package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.twin.world.DeathCause;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What somebody who manages a business does with its system users. An app has to be installed on
/// one before it gets tokens for it.
@Singleton
final class SystemUsers {

  private final World world;
  private final Tokens tokens;

  @Inject
  SystemUsers(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  JsonNode install(GraphRequest request, Caller caller, Person user) {
    caller.mustManageBusiness();
    world.install(user, businessApp(request, caller));
    return GraphJson.success();
  }

  JsonNode issue(GraphRequest request, Caller caller, Person user) {
    caller.mustManageBusiness();
    var app = businessApp(request, caller);
    if (user.grant(app).isEmpty()) {
      throw new GraphException(
          GraphError.invalidParameter("The application is not installed on the system user"));
    }
    var token =
        tokens.issueToSystemUser(
            user, app, scopes(request), request.flag("set_token_expires_in_60_days"));
    return JsonNodeFactory.instance.objectNode().put("access_token", token.value().reveal());
  }

  JsonNode revokeAll(Caller caller, Person user) {
    caller.mustManageBusiness();
    world.killTokens(user.id(), DeathCause.REVOKED);
    return GraphJson.success();
  }

  /// An app asks for itself alone.
  private static String businessApp(GraphRequest request, Caller caller) {
    return request
        .parameter("business_app")
        .filter(caller.token().appId()::equals)
        .orElseThrow(() ->
            new GraphException(
                GraphError.invalidParameter("The parameter business_app must be the calling app")));
  }

  private static Set<String> scopes(GraphRequest request) {
    var scope =
        request
            .parameter("scope")
            .orElseThrow(() ->
                new GraphException(GraphError.invalidParameter("The parameter scope is required")));
    return Stream.of(scope.split("[, ]+"))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
