package io.tokenwarden.auth.connection;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is wrong, or soon wrong, with one connection. At most one condition of a kind holds per
/// subject. The gravest comes first, so that a list that is cut in an event loses the least.
record Conditions(List<Condition> list) {

  private static final Comparator<Condition> GRAVEST_FIRST =
      Comparator.comparing(Condition::condition)
          .thenComparing(Condition::subject, Comparator.nullsFirst(Comparator.naturalOrder()));

  static final Conditions NONE = new Conditions(List.of());

  Conditions {
    list = list.stream().sorted(GRAVEST_FIRST).toList();
  }

  /// Takes the place of the one of the same kind and subject. It keeps the time since when that
  /// held.
  Conditions with(Condition condition) {
    var since = find(condition.condition(), condition.subject()).map(Condition::since);
    var dated = since.map(earlier -> since(condition, earlier)).orElse(condition);
    return new Conditions(
        Stream.concat(
                without(condition.condition(), condition.subject()).list.stream(), Stream.of(dated))
            .toList());
  }

  private static Condition since(Condition condition, Instant since) {
    return new Condition(
        condition.condition(),
        condition.reason(),
        condition.subject(),
        condition.connectionId(),
        condition.remedy(),
        since,
        condition.until());
  }

  Conditions without(ConditionKind kind) {
    return only(condition -> condition.condition() != kind);
  }

  Conditions without(ConditionKind kind, String subject) {
    return only(Predicate.not(is(kind, subject)));
  }

  Conditions only(Predicate<Condition> kept) {
    return new Conditions(list.stream().filter(kept).toList());
  }

  boolean has(ConditionKind kind) {
    return find(kind).isPresent();
  }

  Optional<Condition> find(ConditionKind kind) {
    return list.stream().filter(condition -> condition.condition() == kind).findFirst();
  }

  Optional<Condition> find(ConditionKind kind, String subject) {
    return list.stream().filter(is(kind, subject)).findFirst();
  }

  private static Predicate<Condition> is(ConditionKind kind, String subject) {
    return condition ->
        condition.condition() == kind && Objects.equals(condition.subject(), subject);
  }
}
