package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.twin.world.AdAccount;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/// Finds out what a call is about and has it answered.
@Singleton
final class GraphApi {

  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern AD_ACCOUNT = Pattern.compile("act_\\d+");

  private final OAuth oauth;
  private final Inspection inspection;
  private final Credentials credentials;
  private final Nodes nodes;

  @Inject
  GraphApi(OAuth oauth, Inspection inspection, Credentials credentials, Nodes nodes) {
    this.oauth = oauth;
    this.inspection = inspection;
    this.credentials = credentials;
    this.nodes = nodes;
  }

  /// The answer of a call that succeeds; a [GraphException] for any other.
  JsonNode answer(GraphRequest request) {
    return switch (String.join("/", request.segments())) {
      case "oauth/access_token" -> oauth.accessToken(request);
      case "oauth/revoke" -> oauth.revoke(request);
      case "debug_token" -> inspection.inspect(request);
      default -> answerFor(request, credentials.caller(request));
    };
  }

  private JsonNode answerFor(GraphRequest request, Caller caller) {
    var id = request.segments().getFirst();
    var edge = request.segments().subList(1, request.segments().size());
    if (AD_ACCOUNT.matcher(id).matches()) {
      var account = caller.adAccount(request.method(), id.substring("act_".length()));
      return adAccount(request, caller, account, edge);
    }
    if (id.equals("me") || id.equals(caller.userId())) {
      return person(request, caller, edge);
    }
    var pixel = caller.pixel(id);
    if (pixel.isPresent() && edge.isEmpty() && request.method().equals("GET")) {
      return nodes.pixel(request, pixel.get());
    }
    throw new GraphException(
        DIGITS.matcher(id).matches()
            ? GraphError.unknownObject(request.method(), id)
            : GraphError.unknownAlias(id));
  }

  private JsonNode person(GraphRequest request, Caller caller, List<String> edge) {
    return switch (request.method() + " " + String.join("/", edge)) {
      case "GET " -> nodes.person(request, caller);
      case "GET permissions" -> nodes.permissions(caller);
      case "DELETE permissions" -> nodes.removeApp(caller);
      case "GET adaccounts" -> nodes.adAccounts(request, caller);
      default -> throw unknown(request, caller.userId(), edge);
    };
  }

  private JsonNode adAccount(
      GraphRequest request, Caller caller, AdAccount account, List<String> edge) {
    return switch (request.method() + " " + String.join("/", edge)) {
      case "GET " -> nodes.adAccount(request, account);
      case "GET adspixels" -> nodes.pixels(request, caller.pixels(account));
      case "GET campaigns" -> nodes.campaigns(request, account);
      case "GET insights" -> nodes.insights(request, account);
      default -> throw unknown(request, "act_" + account.id(), edge);
    };
  }

  private static GraphException unknown(GraphRequest request, String id, List<String> edge) {
    return new GraphException(
        request.method().equals("GET")
            ? GraphError.unknownPath(String.join("/", edge))
            : GraphError.unknownObject(request.method(), id));
  }
}
