package io.tokenwarden.system.doors;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.testsupport.Photograph.Difference;
import io.tokenwarden.testsupport.Photograph.Difference.Added;
import io.tokenwarden.testsupport.Photograph.Difference.Changed;
import io.tokenwarden.testsupport.Photograph.Difference.Gone;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// What may differ between two pictures of the database, one by one and each with its reason. What
/// has no reason here may not differ.
final class Explanations {
  private final Predicate<Difference> concerned;
  private final List<Explanation> explanations = new ArrayList<>();

  /// @param concerned nothing else may differ in any way
  Explanations(Predicate<Difference> concerned) {
    this.concerned = concerned;
  }

  /// @param what it is about, as a difference begins when it is told
  /// @param why it may be so
  private record Explanation(String what, String why, Predicate<Difference> explains) {
    @Override
    public String toString() {
      return what + ", because " + why;
    }
  }

  /// How a number relates to the one before.
  interface Move extends BiPredicate<Long, Long> {}

  static final Move NEXT = (before, after) -> after == before + 1;
  static final Move GROWS = (before, after) -> after > before;

  Explanations number(String table, String column, Move move, String why) {
    return changed(
        table,
        column,
        why,
        it -> move.test(Long.valueOf(it.before().asText()), Long.valueOf(it.after().asText())));
  }

  Explanations later(String table, String column, String why) {
    return changed(table, column, why, it -> time(it.after()).isAfter(time(it.before())));
  }

  private static OffsetDateTime time(JsonNode value) {
    return OffsetDateTime.parse(value.asText());
  }

  Explanations changed(String table, String column, String why) {
    return changed(table, column, why, _ -> true);
  }

  private Explanations changed(String table, String column, String why, Predicate<Changed> how) {
    return explain(
        table + "." + column,
        why,
        difference ->
            difference instanceof Changed changed
                && changed.table().equals(table)
                && changed.column().equals(column)
                && how.test(changed));
  }

  Explanations added(String table, String why) {
    return added(table, why, _ -> true);
  }

  Explanations added(String table, String why, Predicate<JsonNode> which) {
    return explain(
        table + ": added",
        why,
        difference ->
            difference instanceof Added(var name, var row)
                && name.equals(table)
                && which.test(row));
  }

  Explanations gone(String table, String why) {
    return explain(
        table + ": gone",
        why,
        difference -> difference instanceof Gone gone && gone.table().equals(table));
  }

  private Explanations explain(String what, String why, Predicate<Difference> explains) {
    explanations.add(new Explanation(what, why, concerned.and(explains)));
    return this;
  }

  /// What differs without a reason.
  List<Difference> unexplained(List<Difference> differences) {
    return differences.stream()
        .filter(difference -> explanations.stream().noneMatch(it -> it.explains().test(difference)))
        .toList();
  }

  /// Reasons for what does not differ: they would hide it if it did.
  List<String> needless(List<Difference> differences) {
    return explanations.stream()
        .filter(explanation -> differences.stream().noneMatch(explanation.explains()))
        .map(Explanation::toString)
        .toList();
  }
}
