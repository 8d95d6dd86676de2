package io.tokenwarden.auth.app;

import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import java.util.Optional;

/// An app at Meta, through which people connect.
///
/// @param owner the workspace whose own app it is; null for the managed app, which every workspace
///   may use
/// @param graphVersion the Graph version its calls use, such as `v25.0`
/// @param loginConfig the configuration of [Login for
///   Business](https://developers.facebook.com/docs/facebook-login/facebook-login-for-business)
///   that names the permissions in the dialog; null for classic login, which names them itself
/// @param verifyToken what Meta says when it asks whether a webhook address is ours; null if none
///   was agreed
public record MetaApp(
    String appId,
    WorkspaceId owner,
    AppSecret secret,
    String graphVersion,
    String loginConfig,
    AppSecret verifyToken) {

  /// The app's own access token, which needs no call to obtain.
  ///
  /// See [App access
  /// tokens](https://developers.facebook.com/docs/facebook-login/guides/access-tokens#apptokens).
  public AccessToken appToken() {
    return AccessToken.of(appId + "|" + secret.revealSecret());
  }

  /// Whether it is the operator's, which other workspaces use too.
  public boolean managed() {
    return owner == null;
  }

  /// What a workspace may not use, it cannot learn to exist.
  public boolean usableBy(WorkspaceId workspace) {
    return managed() || owner.equals(workspace);
  }

  /// Whether Meta was told this verify token; takes the same time whatever it compares.
  public boolean verifiedBy(AppSecret presented) {
    return Optional.ofNullable(verifyToken).map(presented::equals).orElse(false);
  }
}
