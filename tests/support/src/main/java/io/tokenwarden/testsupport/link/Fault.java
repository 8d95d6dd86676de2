package io.tokenwarden.testsupport.link;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What a link does to the bytes it is given, on all its connections, old and new.
public sealed interface Fault {

  /// Passes everything on.
  record None() implements Fault {}

  /// Passes everything on, each piece this much later.
  record Delay(Duration by) implements Fault {}

  /// Accepts bytes and loses them: the connection looks open, and nothing arrives. Once healed, a
  /// connection that has lost bytes is reset.
  record Swallow(Set<Direction> directions) implements Fault {
    public Swallow {
      directions = Set.copyOf(directions);
    }
  }

  /// Passes this many bytes on and then ends the connection in the middle of whatever was said.
  record Cut(Direction direction, long afterBytes) implements Fault {}

  /// Nobody listens any more: who connects is refused. Open connections go on.
  record Refuse() implements Fault {}

  static Fault delay(Duration by) {
    return new Delay(by);
  }

  /// Both ways.
  static Fault swallow() {
    return new Swallow(EnumSet.allOf(Direction.class));
  }

  static Fault swallow(Direction direction) {
    return new Swallow(EnumSet.of(direction));
  }

  static Fault cut(Direction direction, long afterBytes) {
    return new Cut(direction, afterBytes);
  }

  static Fault refuse() {
    return new Refuse();
  }
}
