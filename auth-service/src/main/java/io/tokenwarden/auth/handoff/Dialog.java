package io.tokenwarden.auth.handoff;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.meta.MetaConfig;
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
  URI address(MetaApp app, Handoff handoff, OneTimeSecret state, OneTimeSecret browser) {
    var dialog =
        UriBuilder.fromUri(config.dialogUrl())
            .path(app.graphVersion())
            .path("dialog/oauth")
            .queryParam("client_id", app.appId())
            .queryParam("redirect_uri", encode(address.callback().toString()))
            .queryParam("state", state.value())
            .queryParam("response_type", "code")
            .queryParam("auth_type", "rerequest")
            .queryParam("code_challenge", browser.codeChallenge())
            .queryParam("code_challenge_method", "S256");
    return app.loginConfig() == null
        ? dialog.queryParam("scope", String.join(",", handoff.profile().scopes())).build()
        : configured(dialog, app.loginConfig());
  }

  /// [Login for
  /// Business](https://developers.facebook.com/docs/facebook-login/facebook-login-for-business):
  /// the configuration names the permissions, and unless overridden also how Meta answers.
  private static URI configured(UriBuilder dialog, String loginConfig) {
    return dialog
        .queryParam("config_id", loginConfig)
        .queryParam("override_default_response_type", "true")
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
