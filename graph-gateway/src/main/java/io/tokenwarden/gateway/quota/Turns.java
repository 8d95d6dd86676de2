package io.tokenwarden.gateway.quota;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Turns at the database, which alone knows what all replicas together use: one statement, whatever
/// the number of quotas.
@ApplicationScoped
class Turns {

  /// What the longest of deadlines leaves to a call.
  private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String TURN =
      "select of_scope, known, permits, calls, used, leased, sharers, next_free_ms from quota_turn($1, $2, $3)";

  private static final String FORGET =
      """
      with forgotten as (
          delete from quota_scope
          where turned_at < clock_timestamp() - make_interval(secs => window_ms / 1000.0) - interval '1 day'
          returning scope),
      leases as (delete from quota_lease where scope in (select scope from forgotten))
      delete from quota_use where scope in (select scope from forgotten)
      """;

  private final Pool pool;

  @Inject
  Turns(Pool pool) {
    this.pool = pool;
  }

  /// @return what was granted, by scope; fails if that is not known
  Future<Map<String, PermitGrant>> take(Map<Quota, PermitTurn> turns) {
    JsonArray asked = new JsonArray();
    turns.forEach((quota, turn) -> asked.add(json(quota, turn)));
    return pool.getDelegate()
        .preparedQuery(TURN)
        .execute(Tuple.of(asked, PermitLog.LEASE.toMillis(), LONGEST_CALL.toMillis()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(rows -> {
          Map<String, PermitGrant> granted = new HashMap<>();
          rows.forEach(row -> granted.put(row.getString(0), grant(row)));
          return granted;
        });
  }

  /// Forgets quotas that nobody has used for so long that nothing of them counts.
  @Scheduled(every = "1h", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> forget() {
    return pool.query(FORGET).execute().replaceWithVoid().onFailure().recoverWithNull();
  }

  private static JsonObject json(Quota quota, PermitTurn turn) {
    JsonObject spent = new JsonObject();
    turn.spent().forEach((ago, calls) -> spent.put(ago.toString(), calls));
    return new JsonObject()
        .put("scope", quota.scope().text())
        .put("calls", quota.granting())
        .put("window_ms", quota.rule().window().toMillis())
        .put("lease", turn.lease().toString())
        .put("known", turn.known())
        .put("wanted", turn.wanted())
        .put("back", turn.back())
        .put("spent", spent);
  }

  private static PermitGrant grant(Row row) {
    return new PermitGrant(
        row.getBoolean(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getInteger(6),
        Duration.ofMillis(row.getLong(7)));
  }
}
