package io.tokenwarden.outbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.RecordSender.RowRefused;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// Sends what lies in the outbox. One replica relays at a time ([Replica]); it is woken by every
/// commit and looks again every second ([Worker]).
///
/// Rows are taken in the order of their ids and without a high-water mark: a transaction that
/// commits late is not passed over. Rows of one key go one after the other; a row that Kafka
/// refuses stops its key and no other, a topic that does not exist stops what is for it and nothing
/// else. While Kafka gives no answer, nothing is marked and everything waits.
@ApplicationScoped
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 256;
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);

  private static final String WAITING =
      """
      select id, topic, record_key, headers, value from outbox o
      where topic <> all($1)
      and not exists (
        select 1 from outbox r
        where r.record_key = o.record_key and r.id <= o.id and r.retry_at > $2)
      order by id
      limit $3
      """;

  private final Replica replica;
  private final Pool pool;
  private final RecordSender kafka;
  private final Clock clock;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private final AtomicLong waiting = new AtomicLong();

  /// Topics that Kafka does not have, and when to ask for them again.
  private final Map<String, Instant> missing = new ConcurrentHashMap<>();

  private Worker worker;

  @Inject
  OutboxRelay(
      Replica replica,
      Pool pool,
      RecordSender kafka,
      Clock clock,
      Vertx vertx,
      DatabaseSignals signals,
      MeterRegistry metrics) {
    this.replica = replica;
    this.pool = pool;
    this.kafka = kafka;
    this.clock = clock;
    this.vertx = vertx;
    this.signals = signals;
    metrics.gauge("tokenwarden.outbox.waiting", waiting);
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("outbox", vertx, signals, this::round);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }

  /// @return whether there may be more to send
  private Uni<Boolean> round() {
    return replica
        .leads()
        .chain(leads -> leads ? waitingRows() : Uni.createFrom().item(List.<OutboxRow>of()))
        .invoke(rows -> waiting.set(rows.size()))
        .call(this::noteMissingTopics)
        .call(this::sendAll)
        .map(rows -> rows.size() == BATCH);
  }

  private Uni<List<OutboxRow>> waitingRows() {
    var now = clock.instant();
    missing.values().removeIf(until -> !until.isAfter(now));
    return pool.preparedQuery(WAITING)
        .execute(
            Tuple.of(missing.keySet().toArray(String[]::new), now.atOffset(ZoneOffset.UTC), BATCH))
        .map(rows -> {
          var waitingRows = new ArrayList<OutboxRow>(rows.size());
          rows.forEach(row -> waitingRows.add(OutboxRow.of(row)));
          return waitingRows;
        });
  }

  private Uni<Void> noteMissingTopics(List<OutboxRow> rows) {
    return kafka
        .missing(rows.stream().map(OutboxRow::topic).collect(toSet()))
        .invoke(topics -> topics.forEach(this::noteMissing))
        .replaceWithVoid();
  }

  private void noteMissing(String topic) {
    LOG.errorf("Kafka has no topic %s; facts for it wait", topic);
    missing.put(topic, clock.instant().plus(REFUSED_PAUSE));
  }

  /// What was sent is deleted, whatever became of the rest.
  private Uni<Void> sendAll(List<OutboxRow> rows) {
    var sent = new ConcurrentLinkedQueue<Long>();
    var byKey =
        rows.stream()
            .filter(row -> !missing.containsKey(row.topic()))
            .collect(groupingBy(OutboxRow::key, LinkedHashMap::new, toList()));
    return Multi.createFrom()
        .iterable(byKey.values())
        .onItem()
        .transformToUni(ofOneKey -> sendInOrder(ofOneKey, sent))
        .collectFailures()
        .merge(BATCH)
        .onItem()
        .ignoreAsUni()
        .eventually(() -> delete(sent))
        .onFailure(CompositeException.class)
        .transform(failures -> ((CompositeException) failures).getCauses().getFirst());
  }

  private Uni<Void> sendInOrder(List<OutboxRow> ofOneKey, Queue<Long> sent) {
    return Multi.createFrom()
        .iterable(ofOneKey)
        .onItem()
        .transformToUniAndConcatenate(row -> kafka.send(row).invoke(() -> sent.add(row.id())))
        .onItem()
        .ignoreAsUni()
        .onFailure(RowRefused.class)
        .recoverWithUni(failure -> postpone((RowRefused) failure));
  }

  private Uni<Void> postpone(RowRefused refused) {
    var row = refused.row();
    LOG.errorf(
        "Kafka refuses row %d of %s (%s); facts with its key wait",
        row.id(), row.topic(), refused.getMessage());
    return pool.preparedQuery("update outbox set refused = $2, retry_at = $3 where id = $1")
        .execute(
            Tuple.of(
                row.id(),
                refused.getMessage(),
                clock.instant().plus(REFUSED_PAUSE).atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  private Uni<Void> delete(Queue<Long> sent) {
    if (sent.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return pool.preparedQuery("delete from outbox where id = any($1)")
        .execute(Tuple.of(sent.toArray(Long[]::new)))
        .replaceWithVoid();
  }
}
