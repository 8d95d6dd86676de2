package io.tokenwarden.notifier.notification;

import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.notifier.projection.AppState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// What people are to be told of now, read off the merged state of a connection and of its assets,
/// or of a Meta app.
///
/// **A refresh that failed is no cause of its own.** When only a person can help, the health says
/// so itself: the clock of the token stands among its conditions with a remedy and with the day by
/// which to act. A second notification of `token.refresh-failed` would tell of the same thing
/// twice, and since that fact and the health travel on two topics, which of the two came first
/// would depend on chance. For the same reason a clock that a refresh may still wind is no cause:
/// nothing is asked of anybody, and whoever was told of it then would not be told once they must
/// act.
final class Causes {
  private Causes() {}

  /// A connection that was ended has no causes: nobody needs to be told about it any more. What an
  /// asset says about itself goes before what its connection's health says, whose list is cut. Of a
  /// Page or a catalog that is lost nobody is told: that is no condition.
  ///
  /// @param assets of the connection; those that are as they should be may be missing
  static Map<Cause, Details> of(ConnectionState connection, Collection<AssetState> assets) {
    var causes = new LinkedHashMap<Cause, Details>();
    if (connection.health().lifecycle() != Lifecycle.CONNECTED) {
      return causes;
    }
    connection.health().conditions().stream()
        .filter(Causes::concernsPeople)
        .forEach(condition ->
            causes.put(cause(connection, condition, condition.subject()), Details.of(condition)));
    for (var asset : assets) {
      if (asset.cause() != null) {
        causes.put(cause(connection, asset.cause(), asset.assetId()), Details.of(asset.cause()));
      } else if (asset.available() && asset.beyondGrant()) {
        causes.put(
            new Cause(
                asset.workspaceId(),
                asset.connectionId(),
                NotificationKind.BOUNDARY,
                asset.assetId()),
            new Details(null, null, asset.occurredAt(), null));
      }
    }
    return causes;
  }

  private static boolean concernsPeople(Condition condition) {
    return condition.condition() != ConditionKind.EXPIRING || condition.remedy() != null;
  }

  private static Cause cause(ConnectionState connection, Condition condition, String subject) {
    return new Cause(
        connection.workspaceId(),
        connection.connectionId(),
        NotificationKind.of(condition.condition()),
        subject);
  }

  /// One incident for whoever runs the app, however many connections go through it.
  static Map<Cause, Details> of(AppState app) {
    var cause = new Cause(app.workspaceId(), null, NotificationKind.APP_BLOCKED, app.appId());
    return app.blocked()
        ? Map.of(cause, new Details(null, Remedy.WAIT_OR_RESOLVE, app.since(), null))
        : Map.of();
  }
}
