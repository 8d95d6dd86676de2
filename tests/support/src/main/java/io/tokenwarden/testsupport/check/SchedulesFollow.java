package io.tokenwarden.testsupport.check;

import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleBlocked;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleResumed;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.testsupport.fleet.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// No schedule runs through a connection that cannot read, none is blocked without a cause, all of
/// them are what was last announced, and notifier knows it.
record SchedulesFollow(Recording recording, Database database) implements Rule {

  @Override
  public Stream<String> differences() {
    var connections = StatesAgree.connections(recording);
    var accounts =
        StatesAgree.assets(recording, state -> state.assetType() == AssetType.AD_ACCOUNT);
    var rows =
        database.rows(
            """
            select workspace_id || '/' || ad_account_id as key, workspace_id, ad_account_id,
                   state, paused, causes, via_connection_id, revision
            from sync.schedule
            """);
    return Stream.of(
            rows.stream().flatMap(row -> health(row, connections, accounts)),
            missing(rows, accounts),
            announced(rows),
            notifier(),
            lastRead())
        .flatMap(Function.identity());
  }

  private static Stream<String> health(
      Map<String, Object> row,
      Map<String, ConnectionState> connections,
      Map<String, AssetState> accounts) {
    var via = Optional.ofNullable(row.get("via_connection_id")).map(Object::toString);
    var account = (String) row.get("ad_account_id");
    if (row.get("state").equals("BLOCKED")) {
      return blocked(row, connections, accounts);
    }
    return via.filter(id -> canRead(connections.get(id), accounts.get(id + "/" + account)))
        .map(_ -> Stream.<String>empty())
        .orElseGet(() ->
            Stream.of(
                "schedule "
                    + row.get("key")
                    + " runs through connection "
                    + via.orElse("(none)")
                    + ", which cannot read: "
                    + via.map(connections::get).map(ConnectionState::health).orElse(null)));
  }

  private static boolean canRead(ConnectionState connection, AssetState account) {
    return connection != null
        && account != null
        && account.available()
        && connection.health().lifecycle() == Lifecycle.CONNECTED
        && connection.health().tokenStatus() == TokenStatus.ACTIVE
        && connection.health().can(Capability.READ_INSIGHTS);
  }

  private static Stream<String> blocked(
      Map<String, Object> row,
      Map<String, ConnectionState> connections,
      Map<String, AssetState> accounts) {
    var account = (String) row.get("ad_account_id");
    var readers =
        connections.keySet().stream()
            .filter(id -> accounts.containsKey(id + "/" + account))
            .filter(id -> connections.get(id).workspaceId().value().equals(row.get("workspace_id")))
            .filter(id -> canRead(connections.get(id), accounts.get(id + "/" + account)))
            .map(id -> "schedule " + row.get("key") + " is blocked though " + id + " can read");
    return row.get("causes").equals("[]")
        ? Stream.concat(
            Stream.of("schedule " + row.get("key") + " is blocked and names no cause"), readers)
        : readers;
  }

  /// An ad account that is known with its time zone has a schedule.
  private static Stream<String> missing(
      List<Map<String, Object>> rows, Map<String, AssetState> accounts) {
    var known = rows.stream().map(row -> row.get("key")).collect(Collectors.toSet());
    return accounts.values().stream()
        .filter(account -> account.timezone() != null)
        .map(account -> account.workspaceId() + "/" + account.assetId())
        .distinct()
        .filter(key -> !known.contains(key))
        .map(key -> "ad account " + key + " has no schedule");
  }

  /// A schedule that never stopped running was never announced.
  private Stream<String> announced(List<Map<String, Object>> rows) {
    var told = latest();
    return rows.stream()
        .filter(row -> !row.get("paused").equals(true))
        .flatMap(row -> announced(row, Optional.ofNullable(told.get((String) row.get("key")))));
  }

  private static Stream<String> announced(Map<String, Object> row, Optional<ScheduleEvent> told) {
    var implied =
        told.map(event -> describe(event.revision(), event instanceof ScheduleBlocked))
            .orElse(describe(1, false));
    var kept = describe((Long) row.get("revision"), row.get("state").equals("BLOCKED"));
    return kept.equals(implied)
        ? Stream.empty()
        : Stream.of(
            "sync.schedule of %s is %s where the topics imply %s"
                .formatted(row.get("key"), kept, implied));
  }

  private static String describe(long revision, boolean blocked) {
    return (blocked ? "BLOCKED" : "RUNNING") + " at revision " + revision;
  }

  private Map<String, ScheduleEvent> latest() {
    Map<String, ScheduleEvent> latest = new TreeMap<>();
    recording
        .events(ScheduleEvent.class)
        .forEach(event ->
            latest.merge(
                event.key(),
                event,
                (one, other) -> other.revision() > one.revision() ? other : one));
    return latest;
  }

  private Stream<String> notifier() {
    Map<String, Object> implied = new TreeMap<>();
    latest().forEach((key, event) -> implied.put(key, describe(event)));
    Map<String, Object> kept = new TreeMap<>();
    database
        .rows(
            """
            select workspace_id || '/' || ad_account_id as key, revision,
                   jsonb_array_length(state -> 'causes') as causes
            from notifier.schedule
            """)
        .forEach(row ->
            kept.put(
                (String) row.get("key"), row.get("revision") + ", causes: " + row.get("causes")));
    return StatesAgree.compareAll("notifier.schedule", implied, kept);
  }

  private static String describe(ScheduleEvent event) {
    List<Condition> causes =
        switch (event) {
          case ScheduleBlocked blocked -> blocked.causes();
          case ScheduleResumed _ -> List.of();
        };
    return event.revision() + ", causes: " + causes.size();
  }

  private Stream<String> lastRead() {
    Map<String, Object> implied = new TreeMap<>();
    recording
        .events(InsightsSynced.class)
        .forEach(synced ->
            implied.merge(
                synced.key(),
                synced.readAt(),
                (one, other) -> ((Instant) one).isAfter((Instant) other) ? one : other));
    Map<String, Object> kept = new TreeMap<>();
    database
        .rows(
            """
            select workspace_id || '/' || ad_account_id as key, read_at
            from notifier.ad_account_sync
            """)
        .forEach(
            row -> kept.put((String) row.get("key"), ((Timestamp) row.get("read_at")).toInstant()));
    return StatesAgree.compareAll("notifier.ad_account_sync", implied, kept);
  }
}
