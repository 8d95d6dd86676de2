package io.tokenwarden.contracts;

import static java.util.Collections.max;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class RevisedTest {
  private record State(long revision) implements Revised {}

  /// Every order with every duplicate, replay and loss is some list of revisions.
  @Property
  void endsWithTheLargestRevisionAndNeverFallsOnTheWay(
      @ForAll @NotEmpty @Size(max = 30) List<@LongRange(min = 1, max = 12) Long> arrivals) {
    // given
    State known = null;

    for (var revision : arrivals) {
      // when
      var before = known;
      known = keep(known, new State(revision));

      // then
      assertThat(before == null || known.revision() >= before.revision()).isTrue();
    }
    assertThat(known).isEqualTo(new State(max(arrivals)));
  }

  /// What comes again, at once or later, changes nothing.
  @Property(tries = 10_000)
  void takesNothingTwice(
      @ForAll @NotEmpty @Size(max = 30) List<@LongRange(min = 1, max = 12) Long> arrivals) {
    // given
    var seen = new HashSet<Long>();
    State known = null;

    for (var revision : arrivals) {
      // when
      var taken = new State(revision).supersedes(revisionOf(known));
      known = keep(known, new State(revision));

      // then
      assertThat(taken && !seen.add(revision)).isFalse();
      assertThat(new State(revision).supersedes(revisionOf(known))).isFalse();
    }
  }

  @Example
  void anyStateIsNewsWhereNothingIsKnown() {
    assertThat(new State(1).supersedes(OptionalLong.empty())).isTrue();
  }

  private static OptionalLong revisionOf(State known) {
    return known == null ? OptionalLong.empty() : OptionalLong.of(known.revision());
  }

  private static State keep(State known, State arrived) {
    return known == null ? arrived : Revised.newest(known, arrived);
  }
}
