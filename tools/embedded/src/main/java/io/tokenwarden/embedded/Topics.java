package io.tokenwarden.embedded;

import io.tokenwarden.contracts.TopicSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// Creates topics as the table in `contracts` says, on a broker that stands alone.
public final class Topics {

  private Topics() {}

  /// Creates all topics of the table that do not exist yet.
  public static void createAll(String bootstrapServers) {
    createMissing(bootstrapServers, TopicSpec.all());
  }

  /// Creates those of the table that are named and do not exist yet.
  ///
  /// @throws IllegalArgumentException if the table does not know a name
  public static void create(String bootstrapServers, Collection<String> names) {
    createMissing(bootstrapServers, names.stream().distinct().map(Topics::named).toList());
  }

  private static TopicSpec named(String name) {
    return TopicSpec.all().stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("contracts know no topic " + name));
  }

  private static void createMissing(String bootstrapServers, List<TopicSpec> wanted) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      var existing = admin.listTopics().names().get(30, TimeUnit.SECONDS);
      var missing =
          wanted.stream()
              .filter(topic -> !existing.contains(topic.name()))
              .map(Topics::newTopic)
              .toList();
      admin.createTopics(missing).all().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Creating topics at " + bootstrapServers, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating topics", e);
    }
  }

  private static NewTopic newTopic(TopicSpec topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(configs(topic));
  }

  private static Map<String, String> configs(TopicSpec topic) {
    Map<String, String> configs = new HashMap<>();
    if (topic.compacted()) {
      configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      configs.put(
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
          Long.toString(TopicSpec.REPLACED_RETENTION.toMillis()));
    }
    topic
        .retention()
        .ifPresent(
            kept -> configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis())));
    topic
        .maxRecordBytes()
        .ifPresent(
            bytes -> configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)));
    return configs;
  }
}
