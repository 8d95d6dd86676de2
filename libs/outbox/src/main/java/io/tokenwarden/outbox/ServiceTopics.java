package io.tokenwarden.outbox;

import static java.util.stream.Collectors.joining;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.Topic;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Subscribes each service to what the table of topics says it reads, so that the table is the only
/// place that knows.
public class ServiceTopics implements ConfigSourceFactory {
  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    var name = context.getValue("quarkus.application.name");
    if (name == null || name.getValue() == null) {
      return List.of();
    }
    return List.of(new PropertiesConfigSource(settings(name.getValue()), "topics", 110));
  }

  private static Map<String, String> settings(String applicationName) {
    var service = Service.of(applicationName);
    var topics = Topic.readBy(service).stream().map(Topic::topicName).collect(joining(","));
    return Map.of(
        "mp.messaging.incoming.sources.topics", topics,
        "mp.messaging.incoming.sources.group.id", service.id(),
        "mp.messaging.incoming.sources.dead-letter-queue.topic", service.deadLetterTopic(),
        "mp.messaging.incoming.retry.topic", service.retryTopic(),
        "mp.messaging.incoming.retry.group.id", service.retryTopic(),
        "mp.messaging.incoming.retry.dead-letter-queue.topic", service.deadLetterTopic());
  }

  @Override
  public OptionalInt getPriority() {
    return OptionalInt.of(110);
  }
}
