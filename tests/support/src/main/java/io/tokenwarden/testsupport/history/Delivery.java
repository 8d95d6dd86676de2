package io.tokenwarden.testsupport.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/// How facts come to a consumer. What arrives has been compacted now and then, is mixed across
/// topics or altogether, comes twice here and there, and what got lost on its way (to a dead-letter
/// topic) comes at the end.
final class Delivery {
  private Delivery() {}

  static List<Event> of(List<Event> events, Random random) {
    var arrivals = mixed(random.nextInt(4) == 0 ? compacted(events, random) : events, random);
    repeatSome(arrivals, random);
    replayTheLost(arrivals, random);
    return arrivals;
  }

  /// Kafka has thinned out the topics that keep the latest record of a key.
  private static List<Event> compacted(List<Event> events, Random random) {
    var newer = new HashSet<String>();
    var kept = new ArrayDeque<Event>();
    for (var event : events.reversed()) {
      var isLatest = newer.add(event.topic() + "/" + event.key());
      if (isLatest || !event.topic().compacted() || random.nextBoolean()) {
        kept.addFirst(event);
      }
    }
    return new ArrayList<>(kept);
  }

  private static List<Event> mixed(List<Event> events, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new ArrayList<>(events);
      case 1 -> acrossTopics(events, random);
      default -> shuffled(events, random);
    };
  }

  /// Each topic in its own order, and the topics anyhow.
  private static List<Event> acrossTopics(List<Event> events, Random random) {
    var waiting =
        new ArrayList<Deque<Event>>(
            events.stream()
                .collect(
                    groupingBy(
                        Event::topic,
                        () -> new EnumMap<>(Topic.class),
                        toCollection(ArrayDeque::new)))
                .values());
    var arrivals = new ArrayList<Event>(events.size() * 2);
    while (!waiting.isEmpty()) {
      var topic = waiting.get(random.nextInt(waiting.size()));
      arrivals.add(topic.removeFirst());
      if (topic.isEmpty()) {
        waiting.remove(topic);
      }
    }
    return arrivals;
  }

  private static List<Event> shuffled(List<Event> events, Random random) {
    var arrivals = new ArrayList<>(events);
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  private static void repeatSome(List<Event> arrivals, Random random) {
    int times = random.nextInt(arrivals.size() + 1);
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(arrivals.size());
      arrivals.add(random.nextInt(from, arrivals.size() + 1), arrivals.get(from));
    }
  }

  private static void replayTheLost(List<Event> arrivals, Random random) {
    var lost = new ArrayList<Event>();
    arrivals.removeIf(event -> random.nextInt(8) == 0 && lost.add(event));
    Collections.shuffle(lost, random);
    arrivals.addAll(lost);
  }
}
