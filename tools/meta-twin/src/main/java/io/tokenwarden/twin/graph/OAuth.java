package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Redemption;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/// `/oauth/access_token` and `/oauth/revoke`: an app gets and gives up tokens, by its id and
/// secret.
@Singleton
final class OAuth {

  private final World world;
  private final Tokens tokens;
  private final Credentials credentials;

  @Inject
  OAuth(World world, Tokens tokens, Credentials credentials) {
    this.world = world;
    this.tokens = tokens;
    this.credentials = credentials;
  }

  JsonNode accessToken(GraphRequest request) {
    var app = callingApp(request);
    var grantType = request.grantType().orElse("authorization_code");
    return switch (grantType) {
      case "authorization_code" -> redeem(app, request);
      case "fb_exchange_token" -> exchange(app, request);
      case "client_credentials" -> granted(tokens.issueAppToken(app.id()));
      default -> throw new GraphException(GraphError.unknownGrantType(grantType));
    };
  }

  JsonNode revoke(GraphRequest request) {
    tokens.revoke(living(callingApp(request), request, "revoke_token"));
    return GraphJson.success();
  }

  private MetaApp callingApp(GraphRequest request) {
    var id =
        request
            .parameter("client_id")
            .orElseThrow(() -> new GraphException(GraphError.missing(101, "client_id")));
    var app = world.app(id).orElseThrow(() -> new GraphException(GraphError.unknownApp()));
    if (!required(request, "client_secret").equals(app.secret())) {
      throw new GraphException(GraphError.wrongSecret());
    }
    credentials.mustStand(app);
    return app;
  }

  private JsonNode redeem(MetaApp app, GraphRequest request) {
    var redirectUri =
        request
            .parameter("redirect_uri")
            .orElseThrow(() -> new GraphException(GraphError.missing(191, "redirect_uri")));
    var verifier = request.parameter("code_verifier").orElse(null);
    var redemption = tokens.redeem(app.id(), required(request, "code"), redirectUri, verifier);
    return switch (redemption) {
      case Redemption.Redeemed(var token) -> granted(token);
      case Redemption.AlreadyUsed() -> throw new GraphException(GraphError.codeUsed());
      case Redemption.Expired() -> throw new GraphException(GraphError.codeExpired());
      case Redemption.Unknown() -> throw new GraphException(GraphError.codeUnknown());
      case Redemption.RedirectDiffers() -> throw new GraphException(GraphError.redirectDiffers());
      case Redemption.VerifierWrong() -> throw new GraphException(GraphError.verifierWrong());
    };
  }

  private JsonNode exchange(MetaApp app, GraphRequest request) {
    var token = living(app, request, "fb_exchange_token");
    return switch (token.kind()) {
      case SHORT_LIVED, LONG_LIVED -> extended(token);
      case SYSTEM_USER -> granted(renewed(token, request));
      case PAGE, APP -> throw new GraphException(GraphError.unknownToken(false));
    };
  }

  private JsonNode extended(IssuedToken token) {
    var json = granted(tokens.extend(token));
    if (tokens.exchangeOf(token).leavesOutExpiresIn()) {
      json.remove("expires_in");
    }
    return json;
  }

  /// Only an expiring token of a system user can be refreshed, and only into another of sixty days.
  private IssuedToken renewed(IssuedToken token, GraphRequest request) {
    if (token.expiresAt() == null || !request.flag("set_token_expires_in_60_days")) {
      throw new GraphException(
          GraphError.invalidParameter(
              "Only a system user access token that expires can be refreshed, with"
                  + " set_token_expires_in_60_days"));
    }
    return tokens.renew(token);
  }

  private IssuedToken living(MetaApp app, GraphRequest request, String parameter) {
    var token = credentials.living(required(request, parameter), false);
    if (!token.appId().equals(app.id())) {
      throw new GraphException(GraphError.notIssuedTo(app));
    }
    return token;
  }

  private ObjectNode granted(IssuedToken token) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token.value().reveal())
            .put("token_type", "bearer");
    if (token.expiresAt() != null) {
      json.put("expires_in", Duration.between(token.issuedAt(), token.expiresAt()).toSeconds());
    }
    return json;
  }

  private static Secret required(GraphRequest request, String parameter) {
    return request
        .secretParameter(parameter)
        .orElseThrow(() -> new GraphException(GraphError.missing(100, parameter)));
  }
}
