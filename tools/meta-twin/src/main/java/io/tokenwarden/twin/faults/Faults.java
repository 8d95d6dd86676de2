package io.tokenwarden.twin.faults;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// The rules in force, the oldest first in line.
@Singleton
public final class Faults {

  private final List<Fault> rules = new ArrayList<>();
  private long made;

  public synchronized Fault add(LongFunction<Fault> withId) {
    var fault = withId.apply(++made);
    rules.add(fault);
    return fault;
  }

  public synchronized List<Fault> all() {
    return List.copyOf(rules);
  }

  public synchronized boolean remove(long id) {
    return rules.removeIf(rule -> rule.id() == id);
  }

  public synchronized void clear() {
    rules.clear();
  }

  /// The rule for a call, counted as used; a rule that has been used as often as it may is
  /// forgotten.
  public synchronized Optional<Fault> take(String path) {
    var found = rules.stream().filter(rule -> rule.appliesTo(path)).findFirst();
    found.ifPresent(this::use);
    return found;
  }

  private void use(Fault fault) {
    var used = fault.once();
    rules.replaceAll(rule -> rule.id() == fault.id() ? used : rule);
    rules.removeIf(Fault::isUsedUp);
  }
}
