package io.tokenwarden.auth.verdict;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// P2 for the judge: whatever evidence comes, about whatever it is, in whatever order, however late
/// and however often, and however late an answer of Meta is there, what is about an older
/// generation, or answered already, changes nothing.
class FencesTest {

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsOldOrAnsweredChangesNothing(@ForAll("seeds") long seed) {
    var court = new Court(new Random(seed));
    for (int step = 0; step < 20; step++) {
      court.step();
    }
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.randomValue(Random::nextLong);
  }
}
