package io.tokenwarden.fire;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.fleet.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What the life of a connection has left: in auth-service's tables, on the topics, and in Meta's
/// log.
record Traces(Story story) {

  /// The generations whose tokens are kept.
  List<Long> kept() {
    return database()
        .rows(
            "select generation from auth.access_token where connection_id = ? order by generation",
            story.connection())
        .stream()
        .map(row -> (Long) row.get("generation"))
        .toList();
  }

  /// What came of the questions whether the token of this generation lives.
  List<String> answers(long generation) {
    return database()
        .rows(
            """
            select answer from auth.question
            where connection_id = ? and generation = ? and subject = 'TOKEN' order by opened_at
            """,
            story.connection(),
            generation)
        .stream()
        .map(row -> String.valueOf(row.get("answer")))
        .toList();
  }

  /// The generations that a topic tells of the connection, each fact once, in its order.
  List<Long> told(String topic) {
    return numbers(topic, "ce_generation");
  }

  /// Every revision is told, one after the other: the latest is the one auth-service shows.
  void areInOrder() {
    story.everythingIsTold();
    var revisions = numbers("token.health", "ce_revision");
    assertThat(revisions).as("revisions of token.health").isSorted().doesNotHaveDuplicates();
    assertThat(revisions).startsWith(1L).endsWith(story.shown().get("revision").asLong());
    assertThat(revisions).hasSize(Math.toIntExact(revisions.getLast()));
  }

  private List<Long> numbers(String topic, String header) {
    story.everythingIsTold();
    return story.fleet().topics().all(topic, story.connection().toString()).stream()
        .collect(
            toMap(
                Traces::id, record -> number(record, header), (one, _) -> one, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  private static String id(ReceivedRecord record) {
    return record.header("ce_id").orElseThrow();
  }

  private static long number(ReceivedRecord record, String header) {
    return Long.parseLong(record.header(header).orElseThrow());
  }

  /// The labels of the long-lived tokens that Meta has given for the connection, oldest first.
  List<String> longLived() {
    return StreamSupport.stream(story.fleet().twin().tokens().spliterator(), false)
        .filter(token -> token.get("personId").asText().equals(story.person().id()))
        .filter(token -> token.get("kind").asText().equals("long-lived"))
        .map(token -> token.get("label").asText())
        .toList();
  }

  /// The label of the token in use, which auth-service asks Meta about.
  String tokenInUse() {
    var before = story.fleet().twin().lastCall();
    assertThat(story.is("verify").get("outcome").asText()).isEqualTo("VERIFIED");
    var asked = callsAfter(before, "/debug_token").map(Traces::inputToken).distinct().toList();
    assertThat(asked).as("the token that Meta was asked about").hasSize(1);
    return asked.getFirst();
  }

  /// How often Meta was asked what one of these tokens is worth.
  long inspections(long afterCall, Set<String> labels) {
    return callsAfter(afterCall, "/debug_token")
        .filter(call -> labels.contains(inputToken(call)))
        .count();
  }

  /// The story's calls with this end of their path.
  private Stream<JsonNode> callsAfter(long number, String end) {
    var mine = story.tokens();
    return StreamSupport.stream(story.fleet().twin().callsAfter(number).spliterator(), false)
        .filter(call -> call.get("path").asText().endsWith(end))
        .filter(
            call -> mine.contains(inputToken(call)) || mine.contains(call.path("token").asText()));
  }

  /// The paths of the calls that were made with a token, or about it.
  List<String> callsOf(String label) {
    return StreamSupport.stream(story.fleet().twin().callsOf(label).spliterator(), false)
        .map(call -> call.get("path").asText())
        .toList();
  }

  private static String inputToken(JsonNode call) {
    return call.path("inputToken").asText();
  }

  private Database database() {
    return story.fleet().database();
  }
}
