package io.tokenwarden.sync;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.health.Cover;
import io.tokenwarden.sync.health.Readability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Random lives of connections that share an ad account, and what is left of them when they are
/// merged by the rule.
public final class Histories {
  private Histories() {}

  /// At each revision of a connection either it changes or the account as it sees it.
  ///
  /// @return [ConnectionState]s and [AssetState]s
  public static List<Record> of(
      Random random, WorkspaceId workspace, AdAccountId account, ConnectionId... connections) {
    return Stream.of(connections)
        .flatMap(connection ->
            Stream.iterate(1L, revision -> revision + 1)
                .limit(random.nextInt(1, 12))
                .map(revision -> state(random, workspace, account, connection, revision)))
        .toList();
  }

  private static Record state(
      Random random,
      WorkspaceId workspace,
      AdAccountId account,
      ConnectionId connection,
      long revision) {
    if (random.nextInt(3) == 0) {
      return States.adAccount(
          workspace, connection, account, revision, random.nextBoolean(), "Europe/Berlin");
    }
    var status = any(random, TokenStatus.values());
    var cause =
        States.condition(connection, any(random, ConditionKind.values()), null, Remedy.RECONNECT);
    var health =
        random.nextBoolean()
            ? States.health(status, Lifecycle.CONNECTED, status == TokenStatus.ACTIVE)
            : States.health(status, Lifecycle.CONNECTED, random.nextBoolean(), cause);
    return States.state(workspace, connection, 1 + revision / 4, revision, health);
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  /// What the largest revisions say, in whatever order they are given.
  public static Readability merged(List<Record> states) {
    Map<ConnectionId, ConnectionState> connections = new HashMap<>();
    Map<ConnectionId, AssetState> accounts = new HashMap<>();
    for (var state : states) {
      switch (state) {
        case ConnectionState newer ->
            connections.merge(
                newer.connectionId(), newer, (a, b) -> a.revision() < b.revision() ? b : a);
        case AssetState newer ->
            accounts.merge(
                newer.connectionId(), newer, (a, b) -> a.revision() < b.revision() ? b : a);
        default -> throw new IllegalArgumentException(state.toString());
      }
    }
    return Readability.of(
        accounts.values().stream()
            .filter(account -> connections.containsKey(account.connectionId()))
            .map(account -> new Cover(connections.get(account.connectionId()), account))
            .toList());
  }
}
