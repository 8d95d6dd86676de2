package io.tokenwarden.auth.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// Chains what was committed, in one replica at a time. It looks once a second: a signal with every
/// entry would make all commits wait for one another, which is what sealing afterwards avoids.
@ApplicationScoped
class Sealer {
  private static final Logger LOG = Logger.getLogger(Sealer.class);
  private static final int BATCH = 500;

  /// Another replica that seals right now is not waited for.
  private static final String HEAD = "select position, hash from audit_head for update skip locked";

  private static final String UNSEALED =
      """
      select id, at, actor, action, workspace_id, connection_id, detail from audit_log
      where position is null
      order by id
      limit $1
      """;

  private static final String SEAL =
      """
      update audit_log set position = sealed.position, hash = sealed.hash
      from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as sealed (id, position, hash)
      where audit_log.id = sealed.id
      """;

  private static final String MOVE_HEAD = "update audit_head set position = $1, hash = $2";

  private final Pool pool;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private final AuditConfig config;
  private final Clock clock;
  private final AtomicLong position = new AtomicLong();
  private Instant publishedAt = Instant.EPOCH;
  private Worker worker;

  @Inject
  Sealer(
      Pool pool,
      Vertx vertx,
      DatabaseSignals signals,
      AuditConfig config,
      Clock clock,
      MeterRegistry metrics) {
    this.pool = pool;
    this.vertx = vertx;
    this.signals = signals;
    this.config = config;
    this.clock = clock;
    metrics.gauge("tokenwarden.audit.sealed.through", position);
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("audit", vertx, signals, this::round);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }

  /// @return whether there may be more to seal
  Uni<Boolean> round() {
    return pool.withTransaction(this::round).map(sealed -> sealed == BATCH);
  }

  private Uni<Integer> round(SqlConnection connection) {
    return connection
        .query(HEAD)
        .execute()
        .chain(found ->
            found.size() == 0
                ? Uni.createFrom().item(0)
                : seal(connection, Link.of(found.iterator().next())));
  }

  /// Reads after the head is locked: whoever had it before has sealed its entries by then.
  private Uni<Integer> seal(SqlConnection connection, Link head) {
    return unsealed(connection)
        .chain(entries ->
            entries.isEmpty()
                ? Uni.createFrom().item(0)
                : chain(connection, head, entries).replaceWith(entries.size()));
  }

  private static Uni<List<Entry>> unsealed(SqlConnection connection) {
    return connection
        .preparedQuery(UNSEALED)
        .execute(Tuple.of(BATCH))
        .map(rows -> rows.stream().map(Entry::of).toList());
  }

  private Uni<Void> chain(SqlConnection connection, Link head, List<Entry> entries) {
    var links = new ArrayList<Link>(entries.size());
    var reached = head;
    for (var entry : entries) {
      reached = reached.then(entry);
      links.add(reached);
    }
    var end = reached;
    return connection
        .preparedQuery(SEAL)
        .execute(sealing(entries, links))
        .chain(() ->
            connection
                .preparedQuery(MOVE_HEAD)
                .execute(Tuple.of(end.position(), Buffer.buffer(end.hash()))))
        .invoke(() -> sealedThrough(end))
        .replaceWithVoid();
  }

  private static Tuple sealing(List<Entry> entries, List<Link> links) {
    return Tuple.tuple()
        .addArrayOfLong(entries.stream().map(Entry::id).toArray(Long[]::new))
        .addArrayOfLong(links.stream().map(Link::position).toArray(Long[]::new))
        .addValue(links.stream().map(link -> Buffer.buffer(link.hash())).toArray(Buffer[]::new));
  }

  /// What was logged elsewhere cannot be taken back by whoever has the database.
  private void sealedThrough(Link end) {
    position.set(end.position());
    var now = clock.instant();
    if (!now.isBefore(publishedAt.plus(config.publishEvery()))) {
      publishedAt = now;
      LOG.infof("The audit log is sealed through %s", end);
    }
  }
}
