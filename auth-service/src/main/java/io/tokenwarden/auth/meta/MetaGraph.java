package io.tokenwarden.auth.meta;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.quota.QuotaHolds;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecretProof;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.Throttle;
import io.tokenwarden.graph.quota.UseCase;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Asks Meta. Every method answers: a call that times out or cannot be made is a failure without a
/// status, which proves nothing. Where a quota of Meta's is used up, Meta is not asked: the answer
/// is the error that it would give.
@ApplicationScoped
public class MetaGraph {
  /// No answer, or none that could be read.
  private static final GraphError UNANSWERED =
      new GraphError(0, GraphError.Form.UNANSWERED, null, null, null, null, null, null, null, null);

  private final WebClient http;
  private final MetaConfig config;
  private final QuotaHolds holds;

  @Inject
  MetaGraph(Vertx vertx, MetaConfig config, QuotaHolds holds) {
    this.config = config;
    this.holds = holds;
    this.http =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setMaxPoolSize(16)
                // a span would tell the address, and tokens stand in it
                .setTracingPolicy(TracingPolicy.IGNORE));
  }

  /// Changes the code of a consent for a token. The code is good once.
  ///
  /// @param redirectUri byte for byte the one the dialog was opened with
  /// @param codeVerifier of PKCE ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636))
  public Uni<GraphAnswer<AccessToken>> exchangeCode(
      MetaApp app, String code, URI redirectUri, String codeVerifier) {
    var form =
        credentials(app)
            .add("redirect_uri", redirectUri.toString())
            .add("code", code)
            .add("code_verifier", codeVerifier);
    return postForToken(app, form);
  }

  /// Changes a short-lived token for a long-lived one.
  ///
  /// See [Get long-lived
  /// tokens](https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived).
  public Uni<GraphAnswer<AccessToken>> exchangeForLongLived(MetaApp app, AccessToken shortLived) {
    var form =
        credentials(app)
            .add("grant_type", "fb_exchange_token")
            .add("fb_exchange_token", shortLived.revealSecret());
    return postForToken(app, form);
  }

  /// Changes a system user's token that ends for another that ends in sixty days; the given one
  /// lives on.
  ///
  /// See [Refresh access
  /// tokens](https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens).
  public Uni<GraphAnswer<AccessToken>> exchangeForSixtyDays(MetaApp app, AccessToken token) {
    var form =
        credentials(app)
            .add("grant_type", "fb_exchange_token")
            .add("set_token_expires_in_60_days", "true")
            .add("fb_exchange_token", token.revealSecret());
    return postForToken(app, form);
  }

  /// A new token of a system user that never ends, asked for with one that may manage the business.
  ///
  /// See [Generate access
  /// tokens](https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens).
  public Uni<GraphAnswer<AccessToken>> issueToSystemUser(
      MetaApp app, AccessToken token, String systemUserId, List<String> scopes) {
    var form =
        MultiMap.caseInsensitiveMultiMap()
            .add("business_app", app.appId())
            .add("scope", String.join(",", scopes))
            .add("access_token", token.revealSecret())
            .add("appsecret_proof", AppSecretProof.of(app.secret(), token).revealSecret());
    var request =
        http.postAbs(address(app, "/" + systemUserId + "/access_tokens"))
            .timeout(config.callTimeout().toMillis());
    return answer(quotas(app), request.sendForm(form), MetaGraph::accessToken);
  }

  /// Whether the token can read insights: seven days of spend of one ad account, which nobody
  /// keeps.
  public Uni<GraphAnswer<Boolean>> recentSpend(
      MetaApp app, AccessToken token, AdAccountId account) {
    var request =
        proven(get(app, "/act_" + account.digits() + "/insights"), app, token)
            .addQueryParam("fields", "spend")
            .addQueryParam("date_preset", "last_7d");
    return answer(
        quotas(app, account.digits(), UseCase.ADS_INSIGHTS),
        request.send(),
        response -> json(response).map(body -> body.containsKey("data")));
  }

  /// Meta's own word on a token: `debug_token`, asked with the app's token.
  public Uni<GraphAnswer<Inspection>> inspect(MetaApp app, AccessToken token) {
    var request =
        get(app, "/debug_token")
            .addQueryParam("input_token", token.revealSecret())
            .addQueryParam("access_token", app.appToken().revealSecret());
    return answer(
        quotas(app), request.send(), response -> Inspection.parse(response.bodyAsString()));
  }

  /// Who the token speaks for; the cheapest call that a dead token cannot make.
  public Uni<GraphAnswer<Identity>> me(MetaApp app, AccessToken token) {
    var request = proven(get(app, "/me"), app, token).addQueryParam("fields", "id,name");
    return answer(quotas(app), request.send(), MetaGraph::identity);
  }

  /// The permissions that are granted now, as Meta names them. What was declined or has lapsed is
  /// not among them.
  public Uni<GraphAnswer<List<String>>> permissions(MetaApp app, AccessToken token) {
    var request = proven(get(app, "/me/permissions"), app, token).addQueryParam("limit", "500");
    return answer(quotas(app), request.send(), MetaGraph::granted);
  }

  /// One asset, asked for itself: that it is missing from a listing proves nothing. An app with
  /// [Page Public Metadata
  /// Access](https://developers.facebook.com/docs/features-reference/page-public-metadata-access)
  /// is shown every published Page, and so does not learn that a person has lost one.
  public Uni<GraphAnswer<AssetFacts>> asset(
      MetaApp app, AccessToken token, AssetType type, String assetId) {
    var path = (type == AssetType.AD_ACCOUNT ? "/act_" : "/") + assetId;
    var request = proven(get(app, path), app, token).addQueryParam("fields", fields(type));
    return answer(
        quotas(app, assetId, type == AssetType.AD_ACCOUNT ? UseCase.ADS_MANAGEMENT : null),
        request.send(),
        response -> json(response).flatMap(AssetFacts::parse));
  }

  /// Whether Meta serves the app: the app itself, asked for with its own token.
  public Uni<GraphAnswer<String>> self(MetaApp app) {
    var request =
        get(app, "/" + app.appId())
            .addQueryParam("fields", "id")
            .addQueryParam("access_token", app.appToken().revealSecret());
    return answer(
        quotas(app), request.send(), response -> json(response).map(body -> body.getString("id")));
  }

  /// Gives a person's consent to the app back: every token that this person ever gave the app dies.
  ///
  /// See
  /// [Permissions](https://developers.facebook.com/docs/facebook-login/guides/permissions/request-revoke).
  public Uni<GraphAnswer<Boolean>> giveUpConsent(MetaApp app, AccessToken token) {
    var request =
        http.deleteAbs(address(app, "/me/permissions")).timeout(config.callTimeout().toMillis());
    return answer(quotas(app), proven(request, app, token).send(), MetaGraph::success);
  }

  /// Ends one token, and no other of the same system user.
  ///
  /// See [Revoke access
  /// tokens](https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens).
  public Uni<GraphAnswer<Boolean>> revoke(MetaApp app, AccessToken token) {
    var request =
        get(app, "/oauth/revoke")
            .addQueryParam("client_id", app.appId())
            .addQueryParam("client_secret", app.secret().revealSecret())
            .addQueryParam("revoke_token", token.revealSecret())
            .addQueryParam("access_token", app.appToken().revealSecret());
    return answer(quotas(app), request.send(), MetaGraph::success);
  }

  private static String fields(AssetType type) {
    return switch (type) {
      case AD_ACCOUNT -> "id,name,account_status,disable_reason,currency,timezone_name";
      case PIXEL -> "id,name,is_unavailable";
      case PAGE, CATALOG -> "id,name";
    };
  }

  private static HttpRequest<Buffer> proven(
      HttpRequest<Buffer> request, MetaApp app, AccessToken token) {
    return request
        .addQueryParam("access_token", token.revealSecret())
        .addQueryParam("appsecret_proof", AppSecretProof.of(app.secret(), token).revealSecret());
  }

  private static MultiMap credentials(MetaApp app) {
    return MultiMap.caseInsensitiveMultiMap()
        .add("client_id", app.appId())
        .add("client_secret", app.secret().revealSecret());
  }

  private Uni<GraphAnswer<AccessToken>> postForToken(MetaApp app, MultiMap form) {
    var request =
        http.postAbs(address(app, "/oauth/access_token")).timeout(config.callTimeout().toMillis());
    return answer(quotas(app), request.sendForm(form), MetaGraph::accessToken);
  }

  private HttpRequest<Buffer> get(MetaApp app, String path) {
    return http.getAbs(address(app, path)).timeout(config.callTimeout().toMillis());
  }

  private String address(MetaApp app, String path) {
    return config.graphUrl() + "/" + app.graphVersion() + path;
  }

  // ---- quotas

  private static List<QuotaScope> quotas(MetaApp app) {
    return List.of(QuotaScope.ofApp(app.appId()));
  }

  /// @param useCase null if it is not counted by use case
  private static List<QuotaScope> quotas(MetaApp app, String object, UseCase useCase) {
    var ofApp = QuotaScope.ofApp(app.appId());
    var ofObject = QuotaScope.ofAccount(app.appId(), object, null);
    return useCase == null
        ? List.of(ofApp, ofObject)
        : List.of(
            ofApp,
            new QuotaScope(QuotaKind.APP, app.appId(), null, useCase),
            ofObject,
            QuotaScope.ofAccount(app.appId(), object, useCase));
  }

  private static GraphError usedUp(QuotaScope scope) {
    var error = new Throttle(scope.kind(), scope.useCase()).code();
    return new GraphError(
        0,
        GraphError.Form.ENVELOPE,
        error.code(),
        error.subcode(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  // ---- answers

  private <T> Uni<GraphAnswer<T>> answer(
      List<QuotaScope> quotas,
      Uni<HttpResponse<Buffer>> call,
      Function<HttpResponse<Buffer>, Optional<T>> read) {
    return Uni.createFrom()
        .deferred(() ->
            holds
                .closing(quotas)
                .map(closed -> Uni.createFrom().<GraphAnswer<T>>item(new Failed<>(usedUp(closed))))
                .orElseGet(() -> answer(call, read)));
  }

  private static <T> Uni<GraphAnswer<T>> answer(
      Uni<HttpResponse<Buffer>> call, Function<HttpResponse<Buffer>, Optional<T>> read) {
    return call.map(response -> understand(response, read))
        .onFailure()
        .recoverWithItem(_ -> new Failed<>(UNANSWERED));
  }

  private static <T> GraphAnswer<T> understand(
      HttpResponse<Buffer> response, Function<HttpResponse<Buffer>, Optional<T>> read) {
    var error = GraphError.parse(response.statusCode(), response.bodyAsString());
    if (error.isPresent()) {
      return new Failed<>(error.get());
    }
    return read(response, read)
        .<GraphAnswer<T>>map(Answered::new)
        .orElseGet(() -> new Failed<>(UNANSWERED));
  }

  /// What has another shape than Meta promises is no answer.
  private static <T> Optional<T> read(
      HttpResponse<Buffer> response, Function<HttpResponse<Buffer>, Optional<T>> read) {
    try {
      return read.apply(response);
    } catch (ClassCastException _) {
      return Optional.empty();
    }
  }

  private static Optional<AccessToken> accessToken(HttpResponse<Buffer> response) {
    return json(response).map(body -> body.getString("access_token")).map(AccessToken::of);
  }

  private static Optional<Identity> identity(HttpResponse<Buffer> response) {
    return json(response)
        .filter(body -> body.getValue("id") instanceof String)
        .map(body -> new Identity(body.getString("id"), body.getString("name", "")));
  }

  private static Optional<List<String>> granted(HttpResponse<Buffer> response) {
    return json(response)
        .map(body -> body.getJsonArray("data"))
        .map(listed ->
            listed.stream()
                .map(JsonObject.class::cast)
                .filter(each -> "granted".equals(each.getString("status")))
                .map(each -> each.getString("permission"))
                .toList());
  }

  private static Optional<Boolean> success(HttpResponse<Buffer> response) {
    return json(response).map(body -> body.getBoolean("success"));
  }

  private static Optional<JsonObject> json(HttpResponse<Buffer> response) {
    try {
      return Optional.ofNullable(response.bodyAsJsonObject());
    } catch (DecodeException _) {
      return Optional.empty();
    }
  }
}
