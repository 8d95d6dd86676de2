package io.tokenwarden.testsupport.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.Topic;
import io.tokenwarden.stack.ServicePlan;
import io.tokenwarden.testsupport.fleet.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Every record has taken effect with everybody who reads its topic, and `token.health` tells every
/// revision of every connection.
record NothingLost(Recording recording, Database database) implements Rule {

  @Override
  public Stream<String> differences() {
    return Stream.concat(Stream.of(Service.values()).flatMap(this::unread), holes());
  }

  private Stream<String> unread(Service service) {
    var read = inbox(service);
    return Topic.readBy(service).stream()
        .flatMap(topic -> recording.facts(topic).stream())
        .filter(fact -> !read.contains(fact.id()))
        .map(fact -> service.id() + " has not taken " + fact);
  }

  private Set<UUID> inbox(Service service) {
    var schema = ServicePlan.of(service).schema();
    return database.rows("select event_id from " + schema + ".inbox").stream()
        .map(row -> (UUID) row.get("event_id"))
        .collect(toSet());
  }

  private Stream<String> holes() {
    var told =
        recording
            .events(TokenHealth.class)
            .collect(groupingBy(health -> health.connection().connectionId().value()));
    var known = known();
    return Stream.concat(
        known.entrySet().stream()
            .flatMap(entry ->
                missing(
                    entry.getKey(),
                    entry.getValue(),
                    told.getOrDefault(entry.getKey(), List.of()))),
        told.keySet().stream()
            .filter(id -> !known.containsKey(id))
            .map(id -> "token.health tells of connection " + id + ", which auth-service lacks"));
  }

  private static Stream<String> missing(UUID id, long revision, List<TokenHealth> told) {
    var revisions = told.stream().map(health -> health.connection().revision()).collect(toSet());
    var holes =
        LongStream.rangeClosed(1, revision).filter(number -> !revisions.contains(number)).boxed();
    var ahead = revisions.stream().filter(number -> number > revision);
    return Stream.concat(
        holes.map(number ->
            "token.health lacks revision "
                + number
                + " of connection "
                + id
                + ", which is at revision "
                + revision),
        ahead.map(number ->
            "token.health tells revision "
                + number
                + " of connection "
                + id
                + ", which is at revision "
                + revision));
  }

  private Map<UUID, Long> known() {
    Map<UUID, Long> known = new TreeMap<>();
    database
        .rows("select id, revision from auth.connection")
        .forEach(row -> known.put((UUID) row.get("id"), (Long) row.get("revision")));
    return known;
  }
}
