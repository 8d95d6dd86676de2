package io.tokenwarden.testsupport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads topics from their beginning, as a stranger to all consumer groups. Each call reads anew.
///
/// @param bootstrapServers the broker, see [SharedParts#kafka]
public record TopicReader(String bootstrapServers) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// A reader of the JVM's shared broker.
  public static TopicReader shared() {
    return new TopicReader(SharedParts.kafka());
  }

  /// All records up to the end the topic has now; in order within a partition.
  public List<ReceivedRecord> all(String topic) {
    try (var consumer = consumer(topic)) {
      var left = ends(consumer);
      List<ReceivedRecord> records = new ArrayList<>();
      while (isLeft(consumer, left)) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> records.add(ReceivedRecord.of(record)));
      }
      return records;
    }
  }

  /// All records of the key, up to the end the topic has now, in order.
  public List<ReceivedRecord> all(String topic, String key) {
    return all(topic).stream().filter(record -> key.equals(record.key())).toList();
  }

  /// Waits up to 30 s until the topic holds at least `count` records of the key, and gives all that
  /// it has seen of the key by then.
  ///
  /// @throws AssertionError if they do not come; the message shows what did
  public List<ReceivedRecord> await(String topic, String key, int count) {
    return await(topic, record -> key.equals(record.key()), count);
  }

  /// As [#await(String, String, int)], for the records that match.
  public List<ReceivedRecord> await(String topic, Predicate<ReceivedRecord> wanted, int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer = consumer(topic)) {
      List<ReceivedRecord> seen = new ArrayList<>();
      List<ReceivedRecord> found = new ArrayList<>();
      while (found.size() < count) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "%d of %d records wanted came to %s within %s; all that came: %s"
                  .formatted(found.size(), count, topic, PATIENCE, seen));
        }
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          var received = ReceivedRecord.of(record);
          seen.add(received);
          if (wanted.test(received)) {
            found.add(received);
          }
        }
      }
      return found;
    }
  }

  private Consumer<byte[], byte[]> consumer(String topic) {
    var bytes = new ByteArrayDeserializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    var consumer = new KafkaConsumer<>(settings, bytes, bytes);
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static Map<TopicPartition, Long> ends(Consumer<?, ?> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isLeft(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }
}
