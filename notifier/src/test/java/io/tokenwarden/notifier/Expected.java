package io.tokenwarden.notifier;

import static java.util.stream.Collectors.toSet;

import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.testsupport.history.History;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// What people have to be told at the end of a history, read off what was announced last.
public final class Expected {
  private Expected() {}

  /// In the words of [#described].
  public static Set<String> causes(History history) {
    var ofConnections =
        history.connections().stream()
            .filter(connection -> connection.health().lifecycle() == Lifecycle.CONNECTED)
            .flatMap(connection ->
                Stream.concat(wrong(history, connection), beyond(history, connection)));
    return Stream.concat(ofConnections, app(history)).collect(toSet());
  }

  private static Stream<String> wrong(History history, ConnectionState connection) {
    var ofAssets = assets(history, connection).map(AssetState::cause).filter(Objects::nonNull);
    return Stream.concat(connection.health().conditions().stream(), ofAssets)
        .filter(Expected::asksSomethingOfPeople)
        .map(condition ->
            described(
                condition.connectionId(),
                NotificationKind.of(condition.condition()),
                condition.subject()));
  }

  private static boolean asksSomethingOfPeople(Condition condition) {
    return condition.condition() != ConditionKind.EXPIRING || condition.remedy() != null;
  }

  private static Stream<String> beyond(History history, ConnectionState connection) {
    return assets(history, connection)
        .filter(asset -> asset.available() && asset.beyondGrant())
        .map(asset -> described(asset.connectionId(), NotificationKind.BOUNDARY, asset.assetId()));
  }

  private static Stream<AssetState> assets(History history, ConnectionState connection) {
    return history.assets().stream()
        .filter(asset -> asset.connectionId().equals(connection.connectionId()));
  }

  private static Stream<String> app(History history) {
    return history.app().stream()
        .filter(AppBlocked.class::isInstance)
        .map(app -> described(null, NotificationKind.APP_BLOCKED, app.appId()));
  }

  public static String described(ConnectionId connection, NotificationKind kind, String subject) {
    return connection + " " + kind + " " + subject;
  }
}
