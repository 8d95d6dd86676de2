package io.tokenwarden.notifier.notification;

import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.NotificationKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is wrong with a connection now, read off its merged state and that of its assets.
final class Causes {
  private Causes() {}

  /// A connection that was ended has no causes: nobody needs to be told about it any more. What an
  /// asset says about itself goes before what its connection's health says, whose list is cut.
  static Map<Cause, Condition> of(ConnectionState connection, List<AssetState> unavailable) {
    var causes = new LinkedHashMap<Cause, Condition>();
    if (connection.health().lifecycle() != Lifecycle.CONNECTED) {
      return causes;
    }
    for (var condition : connection.health().conditions()) {
      causes.put(cause(connection, condition, condition.subject()), condition);
    }
    for (var asset : unavailable) {
      causes.put(cause(connection, asset.cause(), asset.assetId()), asset.cause());
    }
    return causes;
  }

  private static Cause cause(ConnectionState connection, Condition condition, String subject) {
    return new Cause(
        connection.workspaceId(),
        connection.connectionId(),
        NotificationKind.of(condition.condition()),
        subject);
  }
}
