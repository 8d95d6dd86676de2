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
import java.util.List;

/// The pages of ours that a person sees on the way. The last one tells the page that opened it how
/// the handoff ended (`postMessage` to our own origin, `{source: "tokenwarden", status,
/// connectionId}`) and closes the popup; without an opener it goes on to `returnTo`. It works
/// without scripts too.
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

    static native TemplateInstance closing(Last page, String origin);

    static native TemplateInstance link(String ticket);
  }

  /// @param status for programs: `connected`, `denied`, `rejected`, `other_person`, `not_issued`
  /// @param anew whether the person is offered a connection of their own
  record Last(
      int httpStatus,
      String status,
      String title,
      String text,
      String connectionId,
      String returnTo,
      boolean anew) {
    Last(Status httpStatus, String status, String title, String text, String returnTo) {
      this(httpStatus.getStatusCode(), status, title, text, "", returnTo, false);
    }
  }

  /// How it ended.
  Response answer(Outcome outcome) {
    var last = last(outcome);
    return page(last.httpStatus(), Templates.closing(last, address.origin()));
  }

  /// Where a link that was sent leads: whatever looks at links by itself goes no further.
  Response link(OneTimeSecret ticket) {
    return page(Status.OK.getStatusCode(), Templates.link(ticket.value()));
  }

  private static Response page(int status, TemplateInstance content) {
    return Response.status(status)
        .entity(content.render())
        .type(MediaType.TEXT_HTML + ";charset=UTF-8")
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none';"
                + " frame-ancestors 'none'")
        .build();
  }

  private static Last last(Outcome outcome) {
    return switch (outcome) {
      case Connected connected -> connected(connected);
      case Denied(var returnTo) ->
          new Last(
              Status.OK,
              "denied",
              "Not connected",
              "You declined at Meta, so nothing was changed. You can try again whenever you like.",
              returnTo);
      case Rejected() ->
          new Last(
              Status.BAD_REQUEST,
              "rejected",
              "This link cannot be used",
              "It was used before, it is too old, or it was opened in another browser. Start again"
                  + " from the connection's card.",
              "/");
      case OtherPerson(var returnTo, var anew) -> otherPerson(returnTo, anew);
      case NotIssued(var returnTo) ->
          new Last(
              Status.BAD_GATEWAY,
              "not_issued",
              "Meta did not complete the connection",
              "Nothing was changed. Try again in a minute; if it keeps failing, ask the operator to"
                  + " look at the Meta app.",
              returnTo);
    };
  }

  private static Last connected(Connected connected) {
    return new Last(
        Status.OK.getStatusCode(),
        "connected",
        "Connected",
        connectedWithout(connected.missing()),
        connected.connection().toString(),
        connected.returnTo(),
        false);
  }

  private static String connectedWithout(List<String> missing) {
    return missing.isEmpty()
        ? "The connection is in place. You can close this window."
        : "The connection is in place, but you did not grant %s. Reconnect to grant it later."
            .formatted(String.join(", ", missing));
  }

  private static Last otherPerson(String returnTo, boolean anew) {
    return new Last(
        Status.CONFLICT.getStatusCode(),
        "other_person",
        "That was another Meta profile",
        "This connection belongs to a different Meta profile; nothing was changed. Switch the"
            + " profile at facebook.com and reconnect"
            + (anew ? ", or connect this one by itself." : "."),
        "",
        returnTo,
        anew);
  }
}
