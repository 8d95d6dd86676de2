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

  /// @param deletion empty if none has that code
  Response answer(Optional<Deletion> deletion) {
    return deletion.map(DeletionPage::known).orElseGet(DeletionPage::unknown);
  }

  private static Response known(Deletion deletion) {
    return switch (deletion) {
      case UNDER_WAY ->
          answer(Status.OK, "Your data is being deleted", "This takes a minute. Look again later.");
      case DONE ->
          answer(
              Status.OK,
              "Your data was deleted",
              "Your name, your id and the access you had given are gone, and so are the names of"
                  + " what could be reached with it. The figures of ad accounts belong to their"
                  + " businesses and stay with them. Messages between our services that named you run"
                  + " out by themselves, most of them within 14 days.");
      case CONSENTED_SINCE ->
          answer(
              Status.OK,
              "You have connected again",
              "You did so after you had asked for your data to be deleted, so what you connected"
                  + " again is kept. All else is gone. To have that deleted, too, remove the app at"
                  + " Facebook and ask once more.");
    };
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
