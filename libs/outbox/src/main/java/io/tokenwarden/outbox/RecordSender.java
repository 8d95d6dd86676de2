package io.tokenwarden.outbox;

import static java.util.stream.Collectors.toSet;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.reactive.messaging.Channel;

/// Sends records and says what became of them. Uses the producer of the channel `outbox` itself: an
/// emitter would keep sending for a while by its own rules.
///
/// Answers come on the caller's Vert.x context.
@ApplicationScoped
class RecordSender {
  private final KafkaClientService clients;

  /// @param channel makes the channel known to be in use, no more
  @Inject
  @SuppressWarnings("UnusedVariable") // the channel
  RecordSender(@Channel("outbox") MutinyEmitter<byte[]> channel, KafkaClientService clients) {
    this.clients = clients;
  }

  /// Completes when Kafka has the record. Fails with [RowRefused] if Kafka will not have it; any
  /// other failure means that Kafka gave no answer.
  Uni<Void> send(OutboxRow row) {
    var record = new ProducerRecord<>(row.topic(), null, row.key(), row.value(), row.headers());
    return here(producer().send(record))
        .onFailure(RecordSender::isRefusal)
        .transform(failure -> new RowRefused(row, failure))
        .replaceWithVoid();
  }

  /// Which of these topics Kafka does not have. The client asks for a missing topic until
  /// `max.block.ms` is over, and nothing else is sent meanwhile: so this is to be asked once, not
  /// found out with every record.
  Uni<Set<String>> missing(Set<String> topics) {
    return here(
        producer()
            .runOnSendingThread(client -> {
              return topics.stream().filter(topic -> !exists(client, topic)).collect(toSet());
            }));
  }

  private static boolean exists(Producer<?, ?> client, String topic) {
    try {
      return !client.partitionsFor(topic).isEmpty();
    } catch (TimeoutException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  /// Whether Kafka answered, and its answer was no to this record.
  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ApiException
        && !(failure instanceof RetriableException)
        && !(failure instanceof AuthenticationException);
  }

  private KafkaProducer<String, byte[]> producer() {
    return clients.getProducer("outbox");
  }

  private static <T> Uni<T> here(Uni<T> answer) {
    return answer.emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  /// Kafka answered no to a row. Says the kind of refusal, never the record.
  static final class RowRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient OutboxRow row;

    RowRefused(OutboxRow row, Throwable failure) {
      super(failure.getClass().getSimpleName());
      this.row = row;
    }

    OutboxRow row() {
      return row;
    }
  }
}
