package io.tokenwarden.twin.world;

/// What came of exchanging an authorization code.
public sealed interface Redemption {

  /// A short-lived token was issued; the code is used up.
  record Redeemed(IssuedToken token) implements Redemption {}

  record AlreadyUsed() implements Redemption {}

  record Expired() implements Redemption {}

  /// Never issued, issued to another app, or no longer remembered.
  record Unknown() implements Redemption {}

  /// The redirect address is not byte for byte the one the dialog was opened with.
  record RedirectDiffers() implements Redemption {}

  /// The PKCE verifier is missing, wrong, or was given where the dialog had no challenge.
  record VerifierWrong() implements Redemption {}
}
