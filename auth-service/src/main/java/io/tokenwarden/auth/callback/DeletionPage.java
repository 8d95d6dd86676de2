package io.tokenwarden.auth.callback;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.tokenwarden.auth.handoff.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.Optional;

/// Tells a person how the deletion of their data stands, and nothing else: not whose data, of which
/// app, or where it lay.
@ApplicationScoped
class DeletionPage {
  private final PublicAddress address;

  @Inject
  DeletionPage(PublicAddress address) {
    this.address = address;
  }

  @CheckedTemplate
  static class Templates {
    private Templates() {}

    static native TemplateInstance deletion(String title, String text);
  }

  URI address(String appId, ConfirmationCode code) {
    return URI.create(
        "%s/auth/meta/%s/data-deletion/%s".formatted(address.origin(), appId, code.value()));
  }

  /// @param done empty if no deletion has that code
  Response answer(Optional<Boolean> done) {
    return done.map(DeletionPage::known).orElseGet(DeletionPage::unknown);
  }

  private static Response known(boolean done) {
    return done
        ? answer(
            Status.OK,
            "Your data was deleted",
            "The access you had given and the data kept with it are gone.")
        : answer(Status.OK, "Your data is being deleted", "This takes a minute. Look again later.");
  }

  private static Response unknown() {
    return answer(
        Status.NOT_FOUND,
        "There is no such request",
        "Check the address: it ends with the confirmation code.");
  }

  private static Response answer(Status status, String title, String text) {
    return Response.status(status)
        .entity(Templates.deletion(title, text).render())
        .type(MediaType.TEXT_HTML + ";charset=UTF-8")
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .build();
  }
}
