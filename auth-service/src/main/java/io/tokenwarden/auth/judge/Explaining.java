package io.tokenwarden.auth.judge;

import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.judge.Explanation.Asked;
import io.tokenwarden.auth.judge.Explanation.Cause;
import io.tokenwarden.auth.judge.Explanation.Found;
import io.tokenwarden.auth.judge.Explanation.Step;
import io.tokenwarden.auth.registry.Journal;
import io.tokenwarden.auth.registry.Journal.Entry;
import io.tokenwarden.auth.verdict.Question;
import io.tokenwarden.contracts.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Puts journal and questions together.
@ApplicationScoped
class Explaining {
  private static final int HISTORY = 200;
  private static final int QUESTIONS = 50;

  private final Journal journal;
  private final DueQuestions questions;

  @Inject
  Explaining(Journal journal, DueQuestions questions) {
    this.journal = journal;
    this.questions = questions;
  }

  /// @return empty if the connection had no revision by then
  Uni<Optional<Explanation>> of(Connection connection, Instant at) {
    return journal
        .until(connection.connectionId(), at, HISTORY)
        .chain(entries ->
            questionsUntil(connection, at)
                .map(asked ->
                    entries.isEmpty()
                        ? Optional.<Explanation>empty()
                        : Optional.of(explanation(connection, at, entries, asked))));
  }

  private Uni<List<Question>> questionsUntil(Connection connection, Instant at) {
    return questions
        .find(
            "connectionId = ?1 and openedAt <= ?2",
            Sort.descending("openedAt", "id"),
            connection.connectionId().value(),
            at)
        .page(0, QUESTIONS)
        .list();
  }

  private static Explanation explanation(
      Connection connection, Instant at, List<Entry> entries, List<Question> asked) {
    var latest = entries.getFirst();
    var byId = asked.stream().collect(Collectors.toMap(Question::id, Function.identity()));
    return new Explanation(
        connection.connectionId(),
        connection.metaUserId(),
        connection.appId(),
        at,
        latest.generation(),
        latest.revision(),
        latest.health(),
        latest.health().conditions().stream()
            .map(condition -> cause(condition, entries, byId, at))
            .toList(),
        asked.stream().map(question -> told(question, at)).toList(),
        entries.stream().map(Explaining::step).toList());
  }

  /// The revision from which on the condition has held without a break.
  private static Cause cause(
      Condition condition, List<Entry> entries, Map<UUID, Question> asked, Instant at) {
    var held = entries.stream().takeWhile(entry -> holds(condition, entry)).toList();
    var first = held.getLast();
    var question = first.question().map(asked::get).map(found -> told(found, at)).orElse(null);
    return new Cause(condition, step(first), question);
  }

  private static boolean holds(Condition condition, Entry entry) {
    return entry.health().conditions().stream()
        .anyMatch(other ->
            other.condition() == condition.condition()
                && Objects.equals(other.subject(), condition.subject()));
  }

  private static Step step(Entry entry) {
    return new Step(entry.revision(), entry.generation(), entry.at(), entry.cause());
  }

  /// As far as it had come by then.
  private static Asked told(Question question, Instant at) {
    var answered = question.answeredAt().filter(when -> !when.isAfter(at));
    return new Asked(
        question.inquiry().subject().name(),
        question.inquiry().target(),
        question.grounds(),
        question.openedAt(),
        question.findings().stream()
            .filter(finding -> !finding.at().isAfter(at))
            .map(finding -> new Found(finding.at(), finding.outcome(), finding.error()))
            .toList(),
        answered.orElse(null),
        answered.flatMap(_ -> question.answer()).orElse(null));
  }
}
