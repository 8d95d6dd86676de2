package io.tokenwarden.auth.handoff;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.handoff.Outcome.Denied;
import io.tokenwarden.auth.handoff.Outcome.Rejected;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestQuery;

/// The two addresses a person's browser passes through. No bearer: the ticket, and then the state
/// together with the browser's cookie, say who comes.
@Path("/auth/meta")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class MetaResource {
  static final String COOKIE = "tw_handoff";
  private static final String COOKIE_PATH = "/auth/meta";

  private final Handoffs handoffs;
  private final Dance dance;
  private final Dialog dialog;
  private final MetaApps apps;
  private final ClosingPage page;

  @Inject
  MetaResource(Handoffs handoffs, Dance dance, Dialog dialog, MetaApps apps, ClosingPage page) {
    this.handoffs = handoffs;
    this.dance = dance;
    this.dialog = dialog;
    this.apps = apps;
    this.page = page;
  }

  @GET
  @Path("/start")
  public Uni<Response> start(@RestQuery String ticket) {
    var state = OneTimeSecret.random();
    var browser = OneTimeSecret.random();
    return secret(ticket)
        .map(given -> handoffs.start(given, state, browser))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .chain(started ->
            started
                .map(handoff -> toDialog(handoff, state, browser))
                .orElseGet(() -> Uni.createFrom().item(page.answer(new Rejected()))));
  }

  private Uni<Response> toDialog(Handoff handoff, OneTimeSecret state, OneTimeSecret browser) {
    return apps.find(handoff.appId()).map(app -> toDialog(app.orElseThrow(), state, browser));
  }

  private Response toDialog(MetaApp app, OneTimeSecret state, OneTimeSecret browser) {
    return Response.seeOther(dialog.address(app, state, browser))
        .cookie(cookie(browser.value(), (int) handoffs.timeToLive().toSeconds()))
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .build();
  }

  @GET
  @Path("/callback")
  public Uni<Response> callback(
      @RestQuery String code,
      @RestQuery String state,
      @RestQuery String error,
      @RestCookie(COOKIE) String browserCookie) {
    var given = secret(state);
    var browser = secret(browserCookie);
    if (given.isEmpty() || browser.isEmpty()) {
      return Uni.createFrom().item(page.answer(new Rejected()));
    }
    return handoffs
        .finish(given.get(), browser.get())
        .chain(finished -> outcome(finished, code, browser.get()))
        .map(page::answer)
        .map(answer -> Response.fromResponse(answer).cookie(cookie("", 0)).build());
  }

  private Uni<Outcome> outcome(Optional<Handoff> finished, String code, OneTimeSecret browser) {
    if (finished.isEmpty()) {
      return Uni.createFrom().item(new Rejected());
    }
    var handoff = finished.get();
    if (code == null || code.isEmpty()) {
      return Uni.createFrom().item(new Denied(handoff.returnTo()));
    }
    return apps.find(handoff.appId())
        .chain(app -> dance.complete(handoff, app.orElseThrow(), code, browser));
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
