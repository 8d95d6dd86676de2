package io.tokenwarden.testsupport.check;

import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.testsupport.fleet.Database;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The open notifications are the causes that stand, no more and no less.
record PeopleAreTold(Recording recording, Database database) implements Rule {

  @Override
  public Stream<String> differences() {
    var standing = standing();
    var open = open();
    var all = new TreeSet<>(standing);
    all.addAll(open);
    return all.stream()
        .filter(cause -> standing.contains(cause) != open.contains(cause))
        .map(cause ->
            standing.contains(cause)
                ? "nobody is told of " + cause
                : "a notification is open of what is over: " + cause);
  }

  private Set<String> standing() {
    var connections = StatesAgree.connections(recording);
    var ofConnections =
        connections.values().stream()
            .filter(PeopleAreTold::isConnected)
            .flatMap(state ->
                state.health().conditions().stream()
                    .map(condition -> cause(state, condition, condition.subject())));
    var ofAssets =
        StatesAgree.assets(recording, _ -> true).values().stream()
            .filter(asset -> asset.cause() != null)
            .flatMap(asset -> cause(asset, connections));
    return Stream.concat(ofConnections, ofAssets).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> cause(AssetState asset, Map<String, ConnectionState> connections) {
    return Stream.ofNullable(connections.get(asset.connectionId().toString()))
        .filter(PeopleAreTold::isConnected)
        .map(state -> cause(state, asset.cause(), asset.assetId()));
  }

  private static boolean isConnected(ConnectionState state) {
    return state.health().lifecycle() == Lifecycle.CONNECTED;
  }

  private static String cause(ConnectionState state, Condition condition, String subject) {
    return "%s of connection %s (%s)"
        .formatted(condition.condition(), state.connectionId(), subject == null ? "-" : subject);
  }

  private Set<String> open() {
    return database
        .rows(
            """
            select kind, connection_id, coalesce(subject, '-') as subject
            from notifier.notification where state = 'OPEN' and connection_id is not null
            """)
        .stream()
        .map(row ->
            "%s of connection %s (%s)"
                .formatted(row.get("kind"), row.get("connection_id"), row.get("subject")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
