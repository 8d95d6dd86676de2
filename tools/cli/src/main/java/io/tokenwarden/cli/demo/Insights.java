package io.tokenwarden.cli.demo;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The rows of one ad account at one level over some days.
record Insights(List<Insight> rows) {

  Insights {
    rows = List.copyOf(rows);
  }

  BigDecimal spend() {
    return rows.stream().map(Insight::spend).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// How these differ from what Meta holds; empty if they are the same, to the last cent.
  Optional<String> differenceTo(Insights held) {
    var missing = firstOf(held.rows, this);
    var tooMuch = firstOf(rows, held);
    if (rows.size() != held.rows.size() || missing.isPresent() || tooMuch.isPresent()) {
      return Optional.of(
          "%d rows where Meta holds %d%s%s"
              .formatted(
                  rows.size(),
                  held.rows.size(),
                  missing.map(row -> "; not here: " + row).orElse(""),
                  tooMuch.map(row -> "; not at Meta: " + row).orElse("")));
    }
    return Optional.empty();
  }

  private static Optional<Insight> firstOf(List<Insight> rows, Insights others) {
    var known = new HashSet<>(others.rows);
    return rows.stream().filter(row -> !known.contains(row)).findFirst();
  }
}
