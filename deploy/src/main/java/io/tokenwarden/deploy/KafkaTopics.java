package io.tokenwarden.deploy;

import static java.util.stream.Collectors.joining;

import io.tokenwarden.contracts.TopicSpec;
import java.time.Duration;
import java.util.List;

/// All topics as Strimzi `KafkaTopic` resources: the table of `contracts` in the words of
/// Kubernetes. Pure; the same table gives the same text.
final class KafkaTopics {
  private static final String HEAD =
      """
      # Made from the table of topics in libs/contracts. Do not edit: a test compares, and tells how to
      # make it anew.
      """;

  private static final String RESOURCE =
      """
      ---
      apiVersion: kafka.strimzi.io/v1
      kind: KafkaTopic
      metadata:
        name: %s
        labels:
          strimzi.io/cluster: tokenwarden
      spec:
        # never changed: a key would move to another partition and its order would be lost
        partitions: %d
        replicas: 3
        config:
          min.insync.replicas: 2
      %s%s\
      """;

  private KafkaTopics() {}

  /// Three replicas of which two must have a record before it counts as written: one broker may
  /// fail without loss and without standstill.
  static String yaml(List<TopicSpec> topics) {
    return HEAD + topics.stream().map(KafkaTopics::resource).collect(joining());
  }

  private static String resource(TopicSpec topic) {
    return RESOURCE.formatted(topic.name(), topic.partitions(), kept(topic), largest(topic));
  }

  /// What is kept of a topic, indented as part of its `config`.
  private static String kept(TopicSpec topic) {
    return topic
        .retention()
        .map(time -> time("retention.ms", time))
        .orElseGet(() ->
            "    cleanup.policy: compact\n"
                + time("max.compaction.lag.ms", TopicSpec.REPLACED_RETENTION));
  }

  private static String time(String setting, Duration time) {
    return "    %s: %d # %d days\n".formatted(setting, time.toMillis(), time.toDays());
  }

  /// Where it is not Kafka's own limit.
  private static String largest(TopicSpec topic) {
    var bytes = topic.maxRecordBytes();
    return bytes.isPresent() ? "    max.message.bytes: %d\n".formatted(bytes.getAsInt()) : "";
  }
}
