package io.tokenwarden.notifier;

import static java.util.stream.Collectors.toSet;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.testsupport.history.History;
import java.util.Set;
import java.util.stream.Stream;

/// What people have to be told at the end of a history, read off what was announced last.
public final class Expected {
  private Expected() {}

  /// In the words of [#described].
  public static Set<String> causes(History history) {
    return history.connections().stream()
        .filter(connection -> connection.health().lifecycle() == Lifecycle.CONNECTED)
        .flatMap(connection -> conditions(history, connection))
        .map(condition ->
            described(
                condition.connectionId(),
                NotificationKind.of(condition.condition()),
                condition.subject()))
        .collect(toSet());
  }

  private static Stream<Condition> conditions(History history, ConnectionState connection) {
    var ofAssets =
        history.assets().stream()
            .filter(asset -> asset.connectionId().equals(connection.connectionId()))
            .filter(asset -> !asset.available())
            .map(asset -> asset.cause());
    return Stream.concat(connection.health().conditions().stream(), ofAssets);
  }

  public static String described(ConnectionId connection, NotificationKind kind, String subject) {
    return connection + " " + kind + " " + subject;
  }
}
