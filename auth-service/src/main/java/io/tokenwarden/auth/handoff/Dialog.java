package io.tokenwarden.auth.handoff;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.meta.MetaConfig;
import io.tokenwarden.auth.scope.ScopeProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Meta's consent dialog.
///
/// See [Manually build a login
/// flow](https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow).
@ApplicationScoped
class Dialog {
  private final MetaConfig config;
  private final PublicAddress address;

  @Inject
  Dialog(MetaConfig config, PublicAddress address) {
    this.config = config;
    this.address = address;
  }

  /// Where to send a browser. Scopes a person declined before are asked for again.
  URI address(MetaApp app, OneTimeSecret state, OneTimeSecret browser) {
    return UriBuilder.fromUri(config.dialogUrl())
        .path(app.graphVersion())
        .path("dialog/oauth")
        .queryParam("client_id", "{client}")
        .queryParam("redirect_uri", "{redirect}")
        .queryParam("state", "{state}")
        .queryParam("response_type", "code")
        .queryParam("scope", "{scope}")
        .queryParam("auth_type", "rerequest")
        .queryParam("code_challenge", "{challenge}")
        .queryParam("code_challenge_method", "S256")
        .buildFromEncoded(
            app.appId(),
            encode(address.callback().toString()),
            state.value(),
            String.join(",", ScopeProfile.REPORTING.scopes()),
            browser.codeChallenge());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
