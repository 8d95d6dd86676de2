package io.tokenwarden.auth.callback;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.AppSignature;
import io.tokenwarden.graph.SignedRequest;
import io.tokenwarden.graph.SignedRequest.Genuine;
import io.tokenwarden.graph.SignedRequest.Refused;
import io.tokenwarden.service.Problems;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// Where Meta calls in. An app nobody knows and a signature that is not the app's get the same
/// answer: which apps there are is nobody's business.
@Path("/auth/meta")
@PermitAll
class MetaCallbackResource {
  private static final String APP_ID = "[0-9]{1,25}";

  /// Meta's clock may be ahead of ours by so much.
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final MetaApps apps;
  private final Callbacks callbacks;
  private final Refusals refusals;
  private final CallbackConfig config;
  private final DeletionPage page;
  private final Clock clock;

  @Inject
  MetaCallbackResource(
      MetaApps apps,
      Callbacks callbacks,
      Refusals refusals,
      CallbackConfig config,
      DeletionPage page,
      Clock clock) {
    this.apps = apps;
    this.callbacks = callbacks;
    this.refusals = refusals;
    this.config = config;
    this.page = page;
    this.clock = clock;
  }

  // ---- people

  /// A person removed the app.
  @POST
  @Path("/{appId}/deauthorize")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Uni<Response> deauthorize(
      @RestPath String appId, @RestForm("signed_request") String signedRequest) {
    return known(appId)
        .chain(app ->
            believed(app, Kind.DEAUTHORIZE, signedRequest)
                .chain(said -> take(app, Kind.DEAUTHORIZE, said, signedRequest, Optional.empty())))
        .map(_ -> Response.ok().build());
  }

  /// @param url where the person sees how it stands
  /// @param confirmationCode what the person may name
  record Confirmation(URI url, @JsonProperty("confirmation_code") String confirmationCode) {
    @Override
    public String toString() {
      return "Confirmation[****]";
    }
  }

  /// A person wants their data deleted.
  ///
  /// See [Data deletion request
  /// callback](https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback).
  @POST
  @Path("/{appId}/data-deletion")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Confirmation> deleteData(
      @RestPath String appId, @RestForm("signed_request") String signedRequest) {
    return known(appId).chain(app -> deleteData(app, signedRequest));
  }

  private Uni<Confirmation> deleteData(MetaApp app, String signedRequest) {
    return believed(app, Kind.DATA_DELETION, signedRequest)
        .chain(said -> {
          var code = ConfirmationCode.of(app.secret(), signedRequest);
          return take(app, Kind.DATA_DELETION, said, signedRequest, Optional.of(code))
              .replaceWith(new Confirmation(page.address(app.appId(), code), code.value()));
        });
  }

  /// How a deletion stands, for whoever has the code.
  @GET
  @Path("/{appId}/data-deletion/{code}")
  @Produces(MediaType.TEXT_HTML)
  public Uni<Response> deletion(@RestPath String appId, @RestPath String code) {
    return ConfirmationCode.parse(code)
        .map(parsed -> callbacks.deletion(appId, parsed))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(page::answer);
  }

  private Uni<Integer> take(
      MetaApp app, Kind kind, Genuine said, String signedRequest, Optional<ConfirmationCode> code) {
    return callbacks.take(
        app,
        kind,
        List.of(
            new Message(kind, app.appId(), said.userId(), said.issuedAt(), signedRequest, code)));
  }

  private Uni<Genuine> believed(MetaApp app, Kind kind, String signedRequest) {
    return switch (SignedRequest.parse(app.secret(), signedRequest)) {
      case Genuine said when isFresh(said.issuedAt()) -> Uni.createFrom().item(said);
      case Genuine _ -> refuse(app, kind.code(), "STALE", notSigned());
      case Refused(var flaw) -> refuse(app, kind.code(), flaw.name(), notSigned());
    };
  }

  private boolean isFresh(Instant issuedAt) {
    var now = clock.instant();
    return issuedAt.isAfter(now.minus(config.signedRequestLife()))
        && issuedAt.isBefore(now.plus(SKEW));
  }

  // ---- webhooks

  /// Meta asks whether this address is ours.
  @GET
  @Path("/{appId}/webhooks")
  @Produces(MediaType.TEXT_PLAIN)
  public Uni<Response> verify(
      @RestPath String appId,
      @RestQuery("hub.mode") String mode,
      @RestQuery("hub.challenge") String challenge,
      @RestQuery("hub.verify_token") String verifyToken) {
    if (!"subscribe".equals(mode)
        || challenge == null
        || !challenge.matches("[A-Za-z0-9_-]{1,256}")) {
      throw Problems.badRequest("Meta subscribes with hub.mode, hub.challenge, hub.verify_token");
    }
    return found(appId, MetaCallbackResource::notAgreed)
        .chain(app ->
            presented(verifyToken).map(app::verifiedBy).orElse(false)
                ? Uni.createFrom().item(Response.ok(challenge).build())
                : refuse(app, "subscription", "VERIFY_TOKEN", notAgreed()));
  }

  private static Optional<AppSecret> presented(String verifyToken) {
    try {
      return Optional.of(AppSecret.of(verifyToken));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Changes the app subscribed to. What concerns us not is acknowledged like the rest, or Meta
  /// would deliver it again for a day and a half.
  @POST
  @Path("/{appId}/webhooks")
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> deliver(
      @RestPath String appId, @RestHeader("X-Hub-Signature-256") String signature, byte[] body) {
    return known(appId)
        .chain(app ->
            AppSignature.verifiesWebhook(app.secret(), body, signature)
                ? deliver(app, body)
                : refuse(app, "webhook", "FORGED", notSigned()))
        .map(_ -> Response.ok().build());
  }

  private Uni<Integer> deliver(MetaApp app, byte[] body) {
    var delivery =
        Webhook.parse(app.appId(), body)
            .orElseThrow(() -> Problems.badRequest("A webhook is {object, entry: […]}"));
    return delivery
        .kind()
        .map(kind -> callbacks.take(app, kind, delivery.messages()))
        .orElseGet(() -> Uni.createFrom().item(0));
  }

  // ---- who is meant

  private Uni<MetaApp> known(String appId) {
    return found(appId, MetaCallbackResource::notSigned);
  }

  /// @param refusal what a caller is told about an app that nobody knows
  private Uni<MetaApp> found(String appId, Supplier<HttpProblem> refusal) {
    if (!appId.matches(APP_ID)) {
      throw Problems.notFound("There is no such app");
    }
    return apps.find(appId).map(found -> found.orElseThrow(refusal));
  }

  private static HttpProblem notSigned() {
    return Problems.of(
        Status.BAD_REQUEST, "SIGNATURE_INVALID", "This was not signed by the app, or too long ago");
  }

  private static HttpProblem notAgreed() {
    return Problems.of(Status.FORBIDDEN, "VERIFY_TOKEN_INVALID", "No such token was agreed on");
  }

  private <T> Uni<T> refuse(MetaApp app, String what, String why, HttpProblem answer) {
    return refusals.add(app, what, why).chain(() -> Uni.createFrom().failure(answer));
  }
}
