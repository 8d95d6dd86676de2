package io.tokenwarden.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.testsupport.check.Checker;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Rounds of random faults, each drawn from a seed. The usual build plays the same five every time,
/// so that a failure is news about the code; `-Dlong` draws 200 new ones.
///
/// A round that failed is played again with `-Dfire.seed=SEED` (the script is the same to the
/// millisecond; what the processes make of it is theirs), more of one kind with `-Dfire.rounds=N`.
class FaultRoundsIT {
  private static final int USUAL = 5;
  private static final int LONG = 200;

  @Test
  void nothingIsLostTwiceStuckOrMissing() {
    // given
    var failures = new ArrayList<String>();
    var fleet = Fleet.shared();
    var checker = Checker.of(fleet);

    // when
    for (var seed : seeds()) {
      var round = Round.drawn(seed, fleet);
      try {
        System.out.println("Round of " + round.brief() + ": " + round.play(checker));
      } catch (AssertionError | RuntimeException e) {
        failures.add(failure(round, e, fleet));
        System.out.println("Round of " + failures.getLast());
        checker.close();
        fleet.close();
        fleet = Fleet.shared();
        checker = Checker.of(fleet);
      }
    }
    checker.close();

    // then
    assertThat(failures).isEmpty();
  }

  private static List<Long> seeds() {
    var given = Optional.ofNullable(Long.getLong("fire.seed"));
    var rounds = Integer.getInteger("fire.rounds", Boolean.getBoolean("long") ? LONG : USUAL);
    if (given.isPresent()) {
      return LongStream.generate(given::get)
          .limit(Integer.getInteger("fire.rounds", 1))
          .boxed()
          .toList();
    }
    var fresh = RandomGenerator.getDefault();
    return rounds == USUAL
        ? LongStream.rangeClosed(1, USUAL).boxed().toList()
        : LongStream.generate(() -> fresh.nextLong(1_000_000_000)).limit(rounds).boxed().toList();
  }

  private static String failure(Round round, Throwable failure, Fleet fleet) {
    return """
    %s
    %s
    Logs and data: %s
    Play it again with -Dfire.seed=%d
    """
        .formatted(round, failure.getMessage(), fleet.keep(), round.seed());
  }
}
