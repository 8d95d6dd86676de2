package io.tokenwarden.stack;

import io.tokenwarden.embedded.Ports;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/// Chooses ports: the preferred one if nobody has it, else a free one, which is said.
final class PortChoice {

  private final IntPredicate isFree;
  private final IntSupplier anyFree;
  private final Set<Integer> chosen = new HashSet<>();
  private final List<String> notices = new ArrayList<>();

  PortChoice(IntPredicate isFree, IntSupplier anyFree) {
    this.isFree = isFree;
    this.anyFree = anyFree;
  }

  /// Of this machine.
  static PortChoice local() {
    return new PortChoice(Ports::isFree, Ports::free);
  }

  /// @param preferred 0 for any
  int choose(String name, int preferred) {
    if (preferred != 0 && isFree.test(preferred) && chosen.add(preferred)) {
      return preferred;
    }
    int port = anyFree.getAsInt();
    chosen.add(port);
    if (preferred != 0) {
      notices.add("Port " + preferred + " is taken: " + name + " listens on " + port);
    }
    return port;
  }

  /// What the reader must be told.
  List<String> notices() {
    return List.copyOf(notices);
  }
}
