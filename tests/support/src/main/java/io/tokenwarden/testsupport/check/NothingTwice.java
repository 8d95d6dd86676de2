package io.tokenwarden.testsupport.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.NotificationEvent.NotificationRaised;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.Topic;
import io.tokenwarden.testsupport.fleet.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// One death is announced once, one revision is one state, one cause is told once and is over once.
/// The same record may lie on a topic twice, as delivery is at least once: it has one id.
record NothingTwice(Recording recording, Database database) implements Rule {

  @Override
  public Stream<String> differences() {
    return Stream.of(deaths(), revisions(), oneState(), causes(), announcements())
        .flatMap(Function.identity());
  }

  private Stream<String> deaths() {
    return Stream.of(Topic.TOKEN_EXPIRED, Topic.TOKEN_INACTIVE)
        .flatMap(topic ->
            several(
                topic.topicName() + " announces more than once the death of",
                topic,
                state ->
                    "connection " + state.connectionId() + ", generation " + state.generation()));
  }

  private Stream<String> revisions() {
    return several(
        "token.health tells more than once",
        Topic.TOKEN_HEALTH,
        state -> "revision " + state.revision() + " of connection " + state.connectionId());
  }

  /// Whatever topic tells of a revision, it tells the same: what a consumer keeps does not depend
  /// on which it read first.
  private Stream<String> oneState() {
    Map<String, Set<ConnectionState>> states =
        recording
            .events(ConnectionEvent.class)
            .map(ConnectionEvent::connection)
            .collect(
                groupingBy(
                    state -> "revision " + state.revision() + " of " + state.connectionId(),
                    TreeMap::new,
                    toSet()));
    return states.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> "the topics tell different things of " + entry);
  }

  private Stream<String> several(
      String what, Topic topic, Function<ConnectionState, String> about) {
    Map<String, Set<Object>> ids =
        recording.facts(topic).stream()
            .collect(
                groupingBy(
                    fact -> about.apply(((ConnectionEvent) fact.event()).connection()),
                    TreeMap::new,
                    mapping(Fact::id, toSet())));
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> what + " " + entry.getKey() + ": " + entry.getValue());
  }

  private Stream<String> causes() {
    return database
        .rows(
            """
            select connection_id, kind, subject, since, count(*) as times
            from notifier.notification
            group by workspace_id, connection_id, kind, subject, since having count(*) > 1
            """)
        .stream()
        .map(row -> "notifier told one cause more than once: " + row);
  }

  /// What was told is what stands in the table.
  private Stream<String> announcements() {
    Map<String, List<Fact>> told =
        recording.facts(Topic.NOTIFICATION_RAISED).stream()
            .collect(groupingBy(fact -> raised(fact).notificationId(), TreeMap::new, toList()));
    Map<String, String> known = new TreeMap<>();
    database
        .rows("select notification_id, state from notifier.notification")
        .forEach(
            row -> known.put(row.get("notification_id").toString(), (String) row.get("state")));
    return Stream.concat(
        known.entrySet().stream()
            .flatMap(row ->
                announced(
                    row.getKey(), row.getValue(), told.getOrDefault(row.getKey(), List.of()))),
        told.keySet().stream()
            .filter(id -> !known.containsKey(id))
            .map(id -> "notification.raised tells of " + id + ", which notifier lacks"));
  }

  private static Stream<String> announced(String id, String state, List<Fact> told) {
    return Stream.concat(
        announced(id, State.OPEN, told, 1),
        announced(id, State.RESOLVED, told, state.equals("RESOLVED") ? 1 : 0));
  }

  private static Stream<String> announced(String id, State state, List<Fact> told, long wanted) {
    long times =
        told.stream()
            .filter(fact -> raised(fact).state() == state)
            .map(Fact::id)
            .distinct()
            .count();
    return times == wanted
        ? Stream.empty()
        : Stream.of(
            "notification %s was announced %s %d times instead of %d"
                .formatted(id, state, times, wanted));
  }

  private static NotificationRaised raised(Fact fact) {
    return (NotificationRaised) fact.event();
  }
}
