package io.tokenwarden.auth.handoff;

import io.tokenwarden.auth.connection.ConnectedToken;
import io.tokenwarden.auth.connection.Grants;
import io.tokenwarden.auth.meta.Identity;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.Inspection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A token that Meta vouches for: valid, issued to our app, and its owner's own.
record VettedToken(AccessToken token, Inspection inspection, Identity identity, TokenType type) {
  /// Meta's short-lived tokens last [an hour or
  /// two](https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived).
  private static final Duration SHORT = Duration.ofHours(3);

  /// What decides is when it ends, not how it was come by. A system user's token is not made to
  /// last by exchanging it.
  boolean isShortLived(Instant now) {
    return type == TokenType.USER
        && inspection.expiresAt() != null
        && inspection.expiresAt().isBefore(now.plus(SHORT));
  }

  String metaUserId() {
    return inspection.userId();
  }

  List<String> scopes() {
    return inspection.scopes();
  }

  /// @param label what a person calls it; empty for its name at Meta
  /// @param profile what it was asked for
  ConnectedToken labelled(String label, ScopeProfile profile) {
    return new ConnectedToken(
        token,
        inspection.appId(),
        inspection.userId(),
        label.isBlank() ? nameAtMeta() : label,
        type,
        inspection.scopes(),
        inspection.expiresAt(),
        inspection.dataAccessExpiresAt(),
        new Grants(inspection.granularScopes()),
        profile);
  }

  private String nameAtMeta() {
    return identity.name().isBlank() ? "Meta user " + inspection.userId() : identity.name();
  }
}
