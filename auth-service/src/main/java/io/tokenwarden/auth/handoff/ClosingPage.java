package io.tokenwarden.auth.handoff;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.tokenwarden.auth.handoff.Outcome.Connected;
import io.tokenwarden.auth.handoff.Outcome.Denied;
import io.tokenwarden.auth.handoff.Outcome.NotIssued;
import io.tokenwarden.auth.handoff.Outcome.OtherPerson;
import io.tokenwarden.auth.handoff.Outcome.Rejected;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/// The last page of a handoff. It tells the page that opened it how it ended (`postMessage` to our
/// own origin, `{source: "tokenwarden", status, connectionId}`) and closes the popup; without an
/// opener it goes on to `returnTo`. It works without scripts too.
@ApplicationScoped
class ClosingPage {
  private final PublicAddress address;

  @Inject
  ClosingPage(PublicAddress address) {
    this.address = address;
  }

  @CheckedTemplate
  static class Templates {
    private Templates() {}

    static native TemplateInstance closing(Ending ending, String origin);
  }

  /// @param status for programs: `connected`, `denied`, `rejected`, `other_person`, `not_issued`
  record Ending(
      int httpStatus,
      String status,
      String title,
      String text,
      String connectionId,
      String returnTo) {}

  Response answer(Outcome outcome) {
    var ending = ending(outcome);
    return Response.status(ending.httpStatus())
        .entity(Templates.closing(ending, address.origin()).render())
        .type(MediaType.TEXT_HTML + ";charset=UTF-8")
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors 'none'")
        .build();
  }

  private static Ending ending(Outcome outcome) {
    return switch (outcome) {
      case Connected(var id, var returnTo) ->
          new Ending(
              Status.OK.getStatusCode(),
              "connected",
              "Connected",
              "The connection is in place. You can close this window.",
              id.toString(),
              returnTo);
      case Denied(var returnTo) ->
          new Ending(
              Status.OK.getStatusCode(),
              "denied",
              "Not connected",
              "You declined at Meta, so nothing was changed. You can try again whenever you like.",
              "",
              returnTo);
      case Rejected() ->
          new Ending(
              Status.BAD_REQUEST.getStatusCode(),
              "rejected",
              "This link cannot be used",
              "It was used before, it is too old, or it was opened in another browser. Start again"
                  + " from the connection's card.",
              "",
              "/");
      case OtherPerson(var returnTo) ->
          new Ending(
              Status.CONFLICT.getStatusCode(),
              "other_person",
              "That was another Meta profile",
              "This connection belongs to a different Meta profile; nothing was changed. Switch the"
                  + " profile at facebook.com and reconnect, or connect this one anew.",
              "",
              returnTo);
      case NotIssued(var returnTo, _) ->
          new Ending(
              Status.BAD_GATEWAY.getStatusCode(),
              "not_issued",
              "Meta did not complete the connection",
              "Nothing was changed. Try again in a minute; if it keeps failing, ask the operator to"
                  + " look at the Meta app.",
              "",
              returnTo);
    };
  }
}
