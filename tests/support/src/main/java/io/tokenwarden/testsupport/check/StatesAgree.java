package io.tokenwarden.testsupport.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.testsupport.fleet.Database;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Every service that keeps a state of connections or assets has the one with the largest revision
/// that any topic tells, and auth-service has it too.
record StatesAgree(Recording recording, Database database) implements Rule {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final String OF_CONNECTIONS =
      "select connection_id as key, revision, cast(state as text) as state from ";

  @Override
  public Stream<String> differences() {
    var connections = connections(recording);
    var assets = assets(recording, _ -> true);
    var adAccounts = assets(recording, state -> state.assetType() == AssetType.AD_ACCOUNT);
    return Stream.of(
            auth(connections),
            gateway(connections),
            compare("refresher.connection_state", connections, this::connection),
            compare("sync.connection_state", connections, this::connection),
            compare("notifier.connection", connections, this::connection),
            authAssets(assets),
            compare("sync.ad_account_state", "ad_account_id", adAccounts),
            compare("notifier.asset", "asset_id", assets))
        .flatMap(Function.identity());
  }

  /// The state of each connection as the topics imply it.
  static Map<String, ConnectionState> connections(Recording recording) {
    Map<String, ConnectionState> latest = new TreeMap<>();
    recording
        .events(ConnectionEvent.class)
        .map(ConnectionEvent::connection)
        .forEach(state ->
            latest.merge(
                state.connectionId().toString(),
                state,
                (one, other) -> other.revision() > one.revision() ? other : one));
    return latest;
  }

  /// The state of each asset as the topics imply it, by `connectionId/assetId`.
  static Map<String, AssetState> assets(Recording recording, Predicate<AssetState> wanted) {
    Map<String, AssetState> latest = new TreeMap<>();
    recording
        .events(AssetEvent.class)
        .map(AssetEvent::asset)
        .filter(wanted)
        .forEach(state ->
            latest.merge(
                state.connectionId() + "/" + state.assetId(),
                state,
                (one, other) -> other.revision() > one.revision() ? other : one));
    return latest;
  }

  private Stream<String> auth(Map<String, ConnectionState> told) {
    Map<String, Object> implied = new TreeMap<>();
    told.forEach((id, state) -> implied.put(id, brief(state)));
    return compareAll(
        "auth.connection",
        implied,
        rows(
            """
            select id as key, workspace_id, app_id, meta_user_id, generation, revision,
                   token_status, lifecycle
            from auth.connection
            """,
            row -> row));
  }

  private static Map<String, Object> brief(ConnectionState state) {
    return new TreeMap<>(
        Map.of(
            "workspace_id", state.workspaceId().value(),
            "app_id", state.appId(),
            "meta_user_id", state.metaUserId(),
            "generation", state.generation(),
            "revision", state.revision(),
            "token_status", state.health().tokenStatus().name(),
            "lifecycle", state.health().lifecycle().name()));
  }

  private Stream<String> gateway(Map<String, ConnectionState> told) {
    Map<String, Object> implied = new TreeMap<>();
    told.forEach((id, state) ->
        implied.put(id, new Known(state.generation(), state.revision(), state.health())));
    return compareAll(
        "gateway.connection_health",
        implied,
        rows(
            """
            select connection_id as key, generation, revision, cast(health as text) as health
            from gateway.connection_health
            """,
            row ->
                new Known(
                    (Long) row.get("generation"),
                    (Long) row.get("revision"),
                    read(row.get("health"), Health.class))));
  }

  private record Known(long generation, long revision, Health health) {}

  private record Kept(long revision, Object state) {}

  private Kept connection(Map<String, Object> row) {
    return new Kept((Long) row.get("revision"), read(row.get("state"), ConnectionState.class));
  }

  private Stream<String> compare(
      String table, Map<String, ConnectionState> told, Function<Map<String, Object>, Kept> kept) {
    Map<String, Object> implied = new TreeMap<>();
    told.forEach((id, state) -> implied.put(id, new Kept(state.revision(), state)));
    return compareAll(table, implied, rows(OF_CONNECTIONS + table, kept::apply));
  }

  private Stream<String> compare(String table, String asset, Map<String, AssetState> told) {
    Map<String, Object> implied = new TreeMap<>();
    told.forEach((id, state) -> implied.put(id, new Kept(state.revision(), state)));
    var query =
        "select connection_id || '/' || %s as key, revision, cast(state as text) as state from %s"
            .formatted(asset, table);
    return compareAll(
        table,
        implied,
        rows(
            query,
            row -> new Kept((Long) row.get("revision"), read(row.get("state"), AssetState.class))));
  }

  private Stream<String> authAssets(Map<String, AssetState> told) {
    Map<String, Object> implied = new TreeMap<>();
    told.forEach((id, state) ->
        implied.put(id, "revision " + state.revision() + ", available " + state.available()));
    return compareAll(
        "auth.asset",
        implied,
        rows(
            """
            select connection_id || '/' || asset_id as key, revision, available from auth.asset
            """,
            row -> "revision " + row.get("revision") + ", available " + row.get("available")));
  }

  private Map<String, Object> rows(String query, Function<Map<String, Object>, Object> value) {
    Map<String, Object> rows = new TreeMap<>();
    for (var row : database.rows(query)) {
      var key = row.remove("key").toString();
      rows.put(key, value.apply(row));
    }
    return rows;
  }

  private static <T> T read(Object json, Class<T> type) {
    try {
      return JSON.readValue((String) json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Reading a stored " + type.getSimpleName(), e);
    }
  }

  static Stream<String> compareAll(
      String table, Map<String, Object> implied, Map<String, Object> kept) {
    var keys = new TreeSet<>(implied.keySet());
    keys.addAll(kept.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(implied.get(key), kept.get(key)))
        .map(key ->
            "%s of %s is %s where the topics imply %s"
                .formatted(table, key, kept.get(key), implied.get(key)));
  }
}
