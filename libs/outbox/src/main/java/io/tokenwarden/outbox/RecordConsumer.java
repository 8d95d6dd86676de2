package io.tokenwarden.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.tokenwarden.contracts.Decoded;
import io.tokenwarden.contracts.Decoded.Known;
import io.tokenwarden.contracts.Decoded.Rejected;
import io.tokenwarden.contracts.Decoded.Tombstone;
import io.tokenwarden.contracts.Decoded.UnknownType;
import io.tokenwarden.contracts.EventCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/// Reads the service's source topics and its retry topic, record by record.
///
/// Each fact takes effect once, in one transaction with the [Inbox]. A handler that fails is tried
/// three times and then the record goes to the dead-letter topic; if it failed because the database
/// is away, consumption waits until it is back, however long.
@ApplicationScoped
class RecordConsumer {
  private static final Logger LOG = Logger.getLogger(RecordConsumer.class);
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final EventHandler handler;
  private final Inbox inbox;
  private final Database database;
  private final Clock clock;
  private final MeterRegistry metrics;

  @Inject
  RecordConsumer(
      EventHandler handler, Inbox inbox, Database database, Clock clock, MeterRegistry metrics) {
    this.handler = handler;
    this.inbox = inbox;
    this.database = database;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Incoming("sources")
  Uni<Void> source(Message<byte[]> message) {
    return consume(message);
  }

  @Incoming("retry")
  Uni<Void> retry(Message<byte[]> message) {
    return consume(message);
  }

  private Uni<Void> consume(Message<byte[]> message) {
    return switch (decode(message)) {
      case Known known -> apply(known, message);
      case UnknownType(var type) -> skip(message, "unknown", type);
      case Tombstone(var topic, _) -> skip(message, "tombstone", topic.topicName());
      case Rejected(var why) -> bury(message, why.name(), 1, clock.instant());
    };
  }

  private static Decoded decode(Message<byte[]> message) {
    var record = message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
    return EventCodec.decode(
        record.getTopic(), key(record.getKey()), headers(record), message.getPayload());
  }

  private static Optional<String> key(Object key) {
    return key instanceof byte[] bytes
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static Map<String, String> headers(IncomingKafkaRecordMetadata<?, ?> record) {
    var headers = new HashMap<String, String>();
    for (Header header : record.getHeaders()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return headers;
  }

  private Uni<Void> apply(Known known, Message<byte[]> message) {
    var firstFailedAt = new AtomicReference<Instant>();
    return Uni.createFrom()
        .deferred(() -> effect(known))
        .onFailure()
        .recoverWithUni(this::askTheDatabase)
        .onFailure(DatabaseAway.class)
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .indefinitely()
        .onFailure(HandlerFailed.class)
        .invoke(() -> firstFailedAt.compareAndSet(null, clock.instant()))
        .onFailure(HandlerFailed.class)
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .atMost(ATTEMPTS - 1)
        .chain(fresh -> acknowledge(message, fresh ? "applied" : "duplicate"))
        .onFailure(HandlerFailed.class)
        .recoverWithUni(_ -> bury(message, "HANDLER_FAILED", ATTEMPTS, firstFailedAt.get()));
  }

  /// @return whether the fact was new
  private Uni<Boolean> effect(Known known) {
    return Panache.withTransaction(() ->
        inbox
            .receive(known.meta().id())
            .call(fresh ->
                fresh ? handler.handle(known.meta(), known.event()) : Uni.createFrom().voidItem()));
  }

  private Uni<Boolean> askTheDatabase(Throwable failure) {
    return database
        .takesWrites()
        .map(there -> there ? new HandlerFailed(failure) : away(failure))
        .chain(why -> Uni.createFrom().failure(why));
  }

  private static DatabaseAway away(Throwable failure) {
    LOG.warn("A record could not be applied", failure);
    return new DatabaseAway();
  }

  private Uni<Void> skip(Message<byte[]> message, String outcome, String what) {
    LOG.debugf("Passed over %s: %s", outcome, what);
    return acknowledge(message, outcome);
  }

  private Uni<Void> acknowledge(Message<byte[]> message, String outcome) {
    count(outcome);
    return Uni.createFrom().completionStage(message::ack);
  }

  /// Tried until it is done: to give up would end consumption.
  private Uni<Void> bury(
      Message<byte[]> message, String reason, int attempts, Instant firstFailedAt) {
    count("dead-letter");
    var read = message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
    LOG.errorf(
        "A record goes to the dead-letter topic: reason=%s record=%s@%d:%d",
        reason, read.getTopic(), read.getPartition(), read.getOffset());
    var metadata = Metadata.of(deadLetterHeaders(attempts, firstFailedAt));
    return Uni.createFrom()
        .completionStage(() -> message.nack(new DeadLetter(reason), metadata))
        .onFailure()
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .indefinitely();
  }

  private static OutgoingKafkaRecordMetadata<?> deadLetterHeaders(
      int attempts, Instant firstFailedAt) {
    var headers = new RecordHeaders();
    headers.add("tw-attempts", bytes(Integer.toString(attempts)));
    headers.add("tw-first-failed-at", bytes(firstFailedAt.toString()));
    return OutgoingKafkaRecordMetadata.builder().withHeaders(headers).build();
  }

  private void count(String outcome) {
    metrics.counter("tokenwarden.records", "outcome", outcome).increment();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Why a record is buried. The message is a code; it becomes a header of the dead letter.
  private static final class DeadLetter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeadLetter(String code) {
      super(code, null, false, false);
    }
  }

  private static final class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseAway() {
      super("The database does not answer", null, false, false);
    }
  }

  private static final class HandlerFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HandlerFailed(Throwable cause) {
      super(cause);
    }
  }
}
