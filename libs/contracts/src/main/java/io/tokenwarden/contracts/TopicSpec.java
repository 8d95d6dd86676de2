package io.tokenwarden.contracts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One topic as it must be created. The local stack, the tests and the deployment all create topics
/// from [#all]; services never do.
///
/// @param retention how long records are kept; empty for a compacted topic, which keeps the latest
///   record of a key for ever
/// @param maxRecordBytes the largest record it takes; empty for Kafka's own limit of 1 MiB
/// @param producers who may write
/// @param consumers who may read
public record TopicSpec(
    String name,
    int partitions,
    Optional<Duration> retention,
    boolean compacted,
    OptionalInt maxRecordBytes,
    Set<Service> producers,
    Set<Service> consumers) {

  /// Never changed: a key would move to another partition and its order would be lost.
  public static final int PARTITIONS = 12;

  public static final Duration SOURCE_RETENTION = Duration.ofDays(14);
  public static final Duration RETRY_RETENTION = Duration.ofDays(7);
  public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

  /// How long a compacted topic may still hold what a later record of the key replaced: no longer
  /// than the other sources hold theirs. Who asks to be forgotten is named there no more after it.
  public static final Duration REPLACED_RETENTION = SOURCE_RETENTION;

  /// A dead letter is the record that failed, however large, and some headers.
  public static final int DEAD_LETTER_MAX_BYTES = 2 * 1024 * 1024;

  /// Holds the outcome of every replayed record, written by its consumer.
  public static final String RECEIPTS = "dlt.receipts";

  public TopicSpec {
    producers = Set.copyOf(producers);
    consumers = Set.copyOf(consumers);
    if (compacted == retention.isPresent()) {
      throw new IllegalArgumentException(name + " is either compacted or kept for a time");
    }
  }

  /// Every topic of the system.
  public static List<TopicSpec> all() {
    var all = new ArrayList<TopicSpec>();
    for (var topic : Topic.values()) {
      all.add(source(topic));
    }
    for (var service : Service.values()) {
      all.add(deadLetters(service));
      all.add(retry(service));
    }
    all.add(receipts());
    return List.copyOf(all);
  }

  private static TopicSpec source(Topic topic) {
    return new TopicSpec(
        topic.topicName(),
        PARTITIONS,
        topic.compacted() ? Optional.empty() : Optional.of(SOURCE_RETENTION),
        topic.compacted(),
        OptionalInt.empty(),
        Set.of(topic.producer()),
        topic.consumers());
  }

  private static TopicSpec deadLetters(Service service) {
    return new TopicSpec(
        service.deadLetterTopic(),
        PARTITIONS,
        Optional.of(DEAD_LETTER_RETENTION),
        false,
        OptionalInt.of(DEAD_LETTER_MAX_BYTES),
        Set.of(service),
        Set.of());
  }

  private static TopicSpec retry(Service service) {
    return new TopicSpec(
        service.retryTopic(),
        PARTITIONS,
        Optional.of(RETRY_RETENTION),
        false,
        OptionalInt.empty(),
        Set.of(),
        Set.of(service));
  }

  private static TopicSpec receipts() {
    return new TopicSpec(
        RECEIPTS,
        PARTITIONS,
        Optional.empty(),
        true,
        OptionalInt.empty(),
        EnumSet.allOf(Service.class),
        Set.of());
  }
}
