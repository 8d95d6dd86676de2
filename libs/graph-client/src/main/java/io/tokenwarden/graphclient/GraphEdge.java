package io.tokenwarden.graphclient;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConnectionId;

/// A list at Meta, as one connection sees it.
///
/// @param node whose list, such as `me` or `act_` and digits
/// @param name of the list, such as `insights`
public record GraphEdge(ConnectionId connection, String node, String name) {

  /// A list of the person, or system user, whose connection it is.
  public static GraphEdge ofMe(ConnectionId connection, String name) {
    return new GraphEdge(connection, "me", name);
  }

  public static GraphEdge of(ConnectionId connection, AdAccountId account, String name) {
    return new GraphEdge(connection, "act_" + account.digits(), name);
  }
}
