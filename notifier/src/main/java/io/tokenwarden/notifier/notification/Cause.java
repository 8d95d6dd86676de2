package io.tokenwarden.notifier.notification;

import static java.util.Objects.requireNonNull;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.WorkspaceId;

/// What makes a notification one and the same, however many events, calls and accounts tell of it.
///
/// @param connectionId null where it concerns no connection
/// @param subject an asset, a scope, a clock, an app; null where it is the connection itself
record Cause(
    WorkspaceId workspaceId, ConnectionId connectionId, NotificationKind kind, String subject) {
  Cause {
    requireNonNull(workspaceId, "workspaceId");
    requireNonNull(kind, "kind");
  }
}
