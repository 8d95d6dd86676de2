package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.twin.MetaApp;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Redemption;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/// `/oauth/access_token` and `/oauth/revoke`: the app gets and gives up tokens, by its id and
/// secret.
@Singleton
final class OAuth {

  private final World world;
  private final MetaApp app;
  private final Credentials credentials;

  @Inject
  OAuth(World world, MetaApp app, Credentials credentials) {
    this.world = world;
    this.app = app;
    this.credentials = credentials;
  }

  JsonNode accessToken(GraphRequest request) {
    checkApp(request);
    var grantType = request.parameter("grant_type").orElse("authorization_code");
    return switch (grantType) {
      case "authorization_code" -> redeem(request);
      case "fb_exchange_token" -> exchange(request);
      case "client_credentials" -> granted(world.issueAppToken(app.id()));
      default -> throw new GraphException(GraphError.unknownGrantType(grantType));
    };
  }

  JsonNode revoke(GraphRequest request) {
    checkApp(request);
    world.revoke(credentials.living(required(request, "revoke_token"), false));
    return JsonNodeFactory.instance.objectNode().put("success", true);
  }

  private void checkApp(GraphRequest request) {
    var id = request.parameter("client_id");
    if (id.isEmpty()) {
      throw new GraphException(GraphError.missing(101, "client_id"));
    }
    if (!id.get().equals(app.id())) {
      throw new GraphException(GraphError.unknownApp());
    }
    if (!required(request, "client_secret").equals(app.secret())) {
      throw new GraphException(GraphError.wrongSecret());
    }
    credentials.appMustStand();
  }

  private JsonNode redeem(GraphRequest request) {
    var redirectUri =
        request
            .parameter("redirect_uri")
            .orElseThrow(() -> new GraphException(GraphError.missing(191, "redirect_uri")));
    var verifier = request.parameter("code_verifier").orElse(null);
    var redemption = world.redeem(required(request, "code"), redirectUri, verifier);
    return switch (redemption) {
      case Redemption.Redeemed(var token) -> granted(token);
      case Redemption.AlreadyUsed() -> throw new GraphException(GraphError.codeUsed());
      case Redemption.Expired() -> throw new GraphException(GraphError.codeExpired());
      case Redemption.Unknown() -> throw new GraphException(GraphError.codeUnknown());
      case Redemption.RedirectDiffers() -> throw new GraphException(GraphError.redirectDiffers());
      case Redemption.VerifierWrong() -> throw new GraphException(GraphError.verifierWrong());
    };
  }

  private JsonNode exchange(GraphRequest request) {
    var token = credentials.living(required(request, "fb_exchange_token"), false);
    if (token.personId() == null) {
      throw new GraphException(GraphError.unknownToken(false));
    }
    return granted(world.extend(token));
  }

  private JsonNode granted(IssuedToken token) {
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
