package io.tokenwarden.auth.app;

import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;

/// An app at Meta, through which people connect.
///
/// @param graphVersion the Graph version its calls use, such as `v25.0`
public record MetaApp(String appId, AppSecret secret, String graphVersion) {

  /// The app's own access token, which needs no call to obtain.
  ///
  /// See [App access
  /// tokens](https://developers.facebook.com/docs/facebook-login/guides/access-tokens#apptokens).
  public AccessToken appToken() {
    return AccessToken.of(appId + "|" + secret.revealSecret());
  }
}
