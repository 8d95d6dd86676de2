package io.tokenwarden.auth.handoff;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.util.Optional;

/// What a person is sent to Meta for.
///
/// @param connection the one to be reconnected; empty for a new one
/// @param metaUserId who alone may come back; empty where anybody may
/// @param link whether the ticket is sent to somebody: it lives longer, and offers nothing else
record Errand(
    WorkspaceId workspace,
    String appId,
    ScopeProfile profile,
    Optional<ConnectionId> connection,
    Optional<String> metaUserId,
    ReturnTo returnTo,
    String createdBy,
    boolean link) {

  static Errand toConnect(
      WorkspaceId workspace,
      String appId,
      ScopeProfile profile,
      ReturnTo returnTo,
      String createdBy) {
    return new Errand(
        workspace, appId, profile, Optional.empty(), Optional.empty(), returnTo, createdBy, false);
  }

  static Errand toReconnect(
      Connection connection, ScopeProfile profile, ReturnTo returnTo, String createdBy) {
    return new Errand(
        connection.workspace(),
        connection.appId(),
        profile,
        Optional.of(connection.connectionId()),
        Optional.of(connection.metaUserId()),
        returnTo,
        createdBy,
        false);
  }

  Errand asLink() {
    return new Errand(workspace, appId, profile, connection, metaUserId, returnTo, createdBy, true);
  }
}
