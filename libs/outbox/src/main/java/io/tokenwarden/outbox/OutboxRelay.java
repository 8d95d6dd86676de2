package io.tokenwarden.outbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/// Sends what lies in the outbox. One replica relays at a time ([RelayConnection]); it is woken by
/// every commit and looks again every second.
///
/// Rows are taken in the order of their ids and without a high-water mark: a transaction that
/// commits late is not passed over. Rows of one key go one after the other; a row that Kafka
/// refuses stops its key and no other. While Kafka is away, nothing is marked and everything waits.
@ApplicationScoped
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 256;
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);

  private static final String WAITING =
      """
      select id, topic, record_key, headers, value from outbox o
      where not exists (
        select 1 from outbox r
        where r.record_key = o.record_key and r.id <= o.id and r.retry_at > $1)
      order by id
      limit $2
      """;

  private final Pool pool;
  private final MutinyEmitter<byte[]> kafka;
  private final Clock clock;
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile RelayConnection connection;

  @Inject
  OutboxRelay(
      Pool pool,
      @Channel("outbox") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 2 * BATCH)
          MutinyEmitter<byte[]> kafka,
      DatabaseSignals signals,
      Clock clock,
      MeterRegistry metrics) {
    this.pool = pool;
    this.kafka = kafka;
    this.clock = clock;
    signals.on("outbox", this::wake);
    metrics.gauge("tokenwarden.outbox.waiting", waiting);
  }

  /// Finds what no wake-up announced: rows from before a restart, rows a lost connection missed.
  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> sweep() {
    return connected()
        .chain(RelayConnection::lead)
        .chain(leads -> leads ? drain() : Uni.createFrom().voidItem())
        .onFailure()
        .recoverWithUni(this::startOver);
  }

  private Uni<RelayConnection> connected() {
    if (connection != null && !connection.closed()) {
      return Uni.createFrom().item(connection);
    }
    return RelayConnection.open(pool).invoke(opened -> connection = opened);
  }

  private void wake() {
    woken.set(true);
    drain().subscribe().with(_ -> {}, failure -> LOG.debug("Drain after wake-up failed", failure));
  }

  private Uni<Void> startOver(Throwable failure) {
    LOG.warn("The relay starts over", failure);
    var broken = connection;
    connection = null;
    return broken == null ? Uni.createFrom().voidItem() : broken.close();
  }

  /// Sends until nothing is left; wake-ups during a drain are answered by another round.
  private Uni<Void> drain() {
    if (!draining.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    woken.set(false);
    return Uni.createFrom()
        .deferred(this::sendBatch)
        .repeat()
        .whilst(sent -> sent == BATCH || woken.getAndSet(false))
        .onItem()
        .ignoreAsUni()
        .eventually(() -> draining.set(false));
  }

  /// @return how many rows were found, or -1 if this replica no longer relays
  private Uni<Integer> sendBatch() {
    var current = connection;
    if (current == null || current.closed()) {
      return Uni.createFrom().item(-1);
    }
    return current
        .lead()
        .chain(leads -> leads ? waitingRows() : Uni.createFrom().item(List.<OutboxRow>of()))
        .call(this::sendAll)
        .map(List::size);
  }

  private Uni<List<OutboxRow>> waitingRows() {
    return pool.preparedQuery(WAITING)
        .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC), BATCH))
        .map(rows -> {
          var waitingRows = new ArrayList<OutboxRow>(rows.size());
          rows.forEach(row -> waitingRows.add(OutboxRow.of(row)));
          waiting.set(waitingRows.size());
          return waitingRows;
        });
  }

  private Uni<Void> sendAll(List<OutboxRow> rows) {
    var byKey = rows.stream().collect(groupingBy(OutboxRow::key, LinkedHashMap::new, toList()));
    return Multi.createFrom()
        .iterable(byKey.values())
        .onItem()
        .transformToUniAndMerge(this::sendInOrder)
        .collect()
        .asList()
        .map(sent -> sent.stream().flatMap(List::stream).toList())
        .chain(this::delete);
  }

  /// @return the ids Kafka acknowledged: all of the key, or those before the first that was refused
  private Uni<List<Long>> sendInOrder(List<OutboxRow> ofOneKey) {
    var sent = new ArrayList<Long>(ofOneKey.size());
    return Multi.createFrom()
        .iterable(ofOneKey)
        .onItem()
        .transformToUniAndConcatenate(row -> send(row).invoke(() -> sent.add(row.id())))
        .onItem()
        .ignoreAsUni()
        .onFailure(RowRefused.class)
        .recoverWithUni(failure -> postpone((RowRefused) failure))
        .replaceWith(sent);
  }

  private Uni<Void> send(OutboxRow row) {
    var kafkaMetadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(row.topic())
            .withKey(row.key())
            .withHeaders(row.headers())
            .build();
    return kafka
        .sendMessage(Message.of(row.value(), Metadata.of(kafkaMetadata)))
        .onFailure(OutboxRelay::isRefusal)
        .transform(failure -> new RowRefused(row, failure));
  }

  /// Whether trying again soon is pointless: the broker answered, and its answer was no.
  private static boolean isRefusal(Throwable failure) {
    return failure instanceof KafkaException && !(failure instanceof RetriableException);
  }

  private Uni<Void> postpone(RowRefused refused) {
    LOG.errorf(
        "Kafka refuses row %d of %s (%s); facts with its key wait",
        refused.row.id(), refused.row.topic(), refused.getMessage());
    return pool.preparedQuery("update outbox set refused = $2, retry_at = $3 where id = $1")
        .execute(
            Tuple.of(
                refused.row.id(),
                refused.getMessage(),
                clock.instant().plus(REFUSED_PAUSE).atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  private Uni<Void> delete(List<Long> sent) {
    if (sent.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return pool.preparedQuery("delete from outbox where id = any($1)")
        .execute(Tuple.of(sent.toArray(Long[]::new)))
        .replaceWithVoid();
  }

  /// Kafka answered no to a row. Says the kind of refusal, never the record.
  private static final class RowRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient OutboxRow row;

    RowRefused(OutboxRow row, Throwable failure) {
      super(failure.getClass().getSimpleName());
      this.row = row;
    }
  }
}
