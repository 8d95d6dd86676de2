package io.tokenwarden.testsupport.check;

import io.tokenwarden.contracts.Decoded;
import io.tokenwarden.contracts.Decoded.Known;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.Topic;
import io.tokenwarden.contracts.TopicSpec;
import io.tokenwarden.testsupport.ReceivedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// All that was ever said on any topic, from the beginning up to when it was last [caught up
/// with][#catchUp].
final class Recording implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<Topic, List<Fact>> facts = new EnumMap<>(Topic.class);

  /// Records that are no facts: dead letters, replays, and whatever cannot be understood.
  private final List<ReceivedRecord> others = new ArrayList<>();

  private Recording(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  static Recording of(String bootstrapServers) {
    var bytes = new ByteArrayDeserializer();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", "200");
    var consumer = new KafkaConsumer<>(settings, bytes, bytes);
    var partitions =
        TopicSpec.all().stream()
            .flatMap(topic -> partitions(topic.name(), topic.partitions()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new Recording(consumer);
  }

  private static Stream<TopicPartition> partitions(String topic, int count) {
    return Stream.iterate(0, number -> number + 1)
        .limit(count)
        .map(number -> new TopicPartition(topic, number));
  }

  /// Reads on to the end that all topics have now.
  ///
  /// @throws AssertionError if the broker does not give them
  void catchUp() {
    var ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isLeft(ends)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("The broker does not give its records");
      }
      consumer.poll(Duration.ofMillis(100)).forEach(record -> take(ReceivedRecord.of(record)));
    }
  }

  private boolean isLeft(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> end.getValue() > consumer.position(end.getKey(), PATIENCE));
  }

  private void take(ReceivedRecord record) {
    var topic = Topic.ofName(record.topic());
    var decoded = topic.flatMap(_ -> decoded(record));
    if (decoded.isPresent()) {
      facts
          .computeIfAbsent(topic.get(), _ -> new ArrayList<>())
          .add(new Fact(record, decoded.get().meta().id(), decoded.get().event()));
    } else {
      others.add(record);
    }
  }

  private static Optional<Known> decoded(ReceivedRecord record) {
    Decoded decoded =
        EventCodec.decode(
            record.topic(), Optional.ofNullable(record.key()), record.headers(), record.value());
    return decoded instanceof Known known ? Optional.of(known) : Optional.empty();
  }

  List<Fact> facts(Topic topic) {
    return facts.getOrDefault(topic, List.of());
  }

  /// The events of a kind, on whatever topic.
  <E extends Event> Stream<E> events(Class<E> kind) {
    return facts.values().stream()
        .flatMap(List::stream)
        .map(Fact::event)
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  long size() {
    return others.size() + facts.values().stream().mapToLong(List::size).sum();
  }

  List<ReceivedRecord> others() {
    return others;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
