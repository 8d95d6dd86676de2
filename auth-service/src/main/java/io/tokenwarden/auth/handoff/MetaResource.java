package io.tokenwarden.auth.handoff;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.handoff.Handoffs.Step;
import io.tokenwarden.auth.handoff.Outcome.Denied;
import io.tokenwarden.auth.handoff.Outcome.NotIssued;
import io.tokenwarden.auth.handoff.Outcome.OtherPerson;
import io.tokenwarden.auth.handoff.Outcome.Rejected;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/// The addresses a person's browser passes through. No bearer: the ticket, and then the state
/// together with the browser's cookie, say who comes.
@Cancellable(false)
@Path("/auth/meta")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class MetaResource {
  static final String COOKIE = "tw_handoff";
  private static final String COOKIE_PATH = "/auth/meta";
  private static final String DENIED = "access_denied";

  private final Handoffs handoffs;
  private final Rejections rejections;
  private final Dance dance;
  private final Dialog dialog;
  private final MetaApps apps;
  private final ClosingPage page;

  @Inject
  MetaResource(
      Handoffs handoffs,
      Rejections rejections,
      Dance dance,
      Dialog dialog,
      MetaApps apps,
      ClosingPage page) {
    this.handoffs = handoffs;
    this.rejections = rejections;
    this.dance = dance;
    this.dialog = dialog;
    this.apps = apps;
    this.page = page;
  }

  // ---- to Meta

  @GET
  @Path("/start")
  public Uni<Response> start(@RestQuery String ticket) {
    return secret(ticket).map(this::start).orElseGet(() -> refused(Rejection.TICKET_UNKNOWN));
  }

  /// A link that was sent. Mail programs and scanners open links too: the ticket is taken only when
  /// the person goes on from here.
  @GET
  @Path("/reconnect")
  public Uni<Response> reconnect(@RestQuery String ticket) {
    return secret(ticket)
        .map(given -> Uni.createFrom().item(page.link(given)))
        .orElseGet(() -> refused(Rejection.TICKET_UNKNOWN));
  }

  @POST
  @Path("/start")
  public Uni<Response> goOn(@RestQuery String ticket) {
    return start(ticket);
  }

  /// The person whom a reconnect was not meant for connects by themselves: the handoff that ended
  /// like this begins another, once, in the same browser.
  @POST
  @Path("/anew")
  public Uni<Response> anew(@RestCookie(COOKIE) String browserCookie) {
    var state = OneTimeSecret.random();
    var browser = OneTimeSecret.random();
    return secret(browserCookie)
        .map(known ->
            handoffs.goOn(known, state, browser).chain(step -> toDialog(step, state, browser)))
        .orElseGet(() -> refused(Rejection.NOTHING_OFFERED));
  }

  private Uni<Response> start(OneTimeSecret ticket) {
    var state = OneTimeSecret.random();
    var browser = OneTimeSecret.random();
    return handoffs.start(ticket, state, browser).chain(step -> toDialog(step, state, browser));
  }

  private Uni<Response> toDialog(Step step, OneTimeSecret state, OneTimeSecret browser) {
    return switch (step) {
      case Step.Taken(var handoff) ->
          apps.find(handoff.workspace(), handoff.appId())
              .chain(app ->
                  app.map(known -> toDialog(known, handoff, state, browser))
                      .orElseGet(() -> refused(Rejection.APP_UNKNOWN, handoff)));
      case Step.Refused(var why, var handoff) -> refused(why, handoff);
    };
  }

  private Uni<Response> toDialog(
      MetaApp app, Handoff handoff, OneTimeSecret state, OneTimeSecret browser) {
    var answer =
        Response.seeOther(dialog.address(app, handoff, state, browser))
            .cookie(cookie(browser.value(), (int) handoffs.timeToLive().toSeconds()))
            .header("Referrer-Policy", "no-referrer")
            .header("Cache-Control", "no-store")
            .build();
    return Uni.createFrom().item(answer);
  }

  // ---- and back

  @GET
  @Path("/callback")
  public Uni<Response> callback(
      @RestQuery String code,
      @RestQuery String state,
      @RestQuery String error,
      @RestCookie(COOKIE) String browserCookie) {
    var given = secret(state);
    if (given.isEmpty()) {
      return refused(Rejection.STATE_MISSING);
    }
    var browser = secret(browserCookie);
    var came = Code.of(code);
    return handoffs
        .finish(given.get(), browser, came)
        .chain(step ->
            switch (step) {
              case Step.Taken(var handoff) ->
                  outcome(handoff, came, error, browser.orElseThrow())
                      .call(outcome -> handoffs.end(handoff, outcome))
                      .map(this::last);
              case Step.Refused(var why, var handoff) -> refused(why, handoff);
            });
  }

  private Uni<Outcome> outcome(
      Handoff handoff, Optional<Code> code, String error, OneTimeSecret browser) {
    if (code.isEmpty()) {
      return Uni.createFrom().item(withoutCode(handoff, error));
    }
    return apps.find(handoff.workspace(), handoff.appId())
        .chain(app ->
            app.map(known -> dance.complete(handoff, known, code.get(), browser))
                .orElseGet(() -> Uni.createFrom().item(new NotIssued(handoff.returnTo()))));
  }

  private static Outcome withoutCode(Handoff handoff, String error) {
    return DENIED.equals(error)
        ? new Denied(handoff.returnTo())
        : new NotIssued(handoff.returnTo());
  }

  /// The browser's secret is of no more use, unless the person may go on with it.
  private Response last(Outcome outcome) {
    var answer = page.answer(outcome);
    return outcome instanceof OtherPerson(_, var anew) && anew
        ? answer
        : Response.fromResponse(answer).cookie(cookie("", 0)).build();
  }

  // ---- or not

  private Uni<Response> refused(Rejection why, Handoff handoff) {
    return handoff == null
        ? refused(why)
        : rejections.of(handoff, why).map(_ -> page.answer(new Rejected()));
  }

  private Uni<Response> refused(Rejection why) {
    return rejections.ofNobody(why).map(_ -> page.answer(new Rejected()));
  }

  private static Optional<OneTimeSecret> secret(String text) {
    try {
      return Optional.of(new OneTimeSecret(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static NewCookie cookie(String value, int maxAgeSeconds) {
    return new NewCookie.Builder(COOKIE)
        .value(value)
        .path(COOKIE_PATH)
        .maxAge(maxAgeSeconds)
        .secure(true)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
