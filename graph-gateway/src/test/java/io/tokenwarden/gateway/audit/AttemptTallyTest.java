package io.tokenwarden.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.gateway.audit.AttemptTally.Sum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AttemptTallyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Attempt STRANGER = new Attempt(Overreach.NOT_CANONICAL, null, null, null);

  private final AttemptTally tally = new AttemptTally(5, MINUTE);

  @Test
  void tellsTheFirstAtOnceAndTheOthersAMinuteLaterAsOne() {
    // given
    tally.add(STRANGER, NOW);
    List<Sum> first = tally.due(NOW, 100);
    tally.told(first, NOW);

    // when
    for (int i = 1; i <= 1000; i++) {
      tally.add(STRANGER, NOW.plusMillis(i));
    }

    // then
    assertThat(first).containsExactly(new Sum(STRANGER, 1, NOW, NOW));
    assertThat(tally.due(NOW.plusSeconds(59), 100)).isEmpty();
    assertThat(tally.due(NOW.plus(MINUTE), 100))
        .containsExactly(new Sum(STRANGER, 1000, NOW.plusMillis(1), NOW.plusSeconds(1)));
  }

  @Test
  void keepsWhatWasNotTold() {
    // given
    tally.add(STRANGER, NOW);
    tally.due(NOW, 100);

    // when
    tally.add(STRANGER, NOW.plusSeconds(3));

    // then
    assertThat(tally.due(NOW.plusSeconds(4), 100))
        .containsExactly(new Sum(STRANGER, 2, NOW, NOW.plusSeconds(3)));
  }

  @Test
  void tellsOnlySoManyAtOnceAndTheOthersThen() {
    // given
    IntStream.range(0, 5).forEach(_ -> tally.add(someone(), NOW));

    // when
    List<Sum> first = tally.due(NOW, 3);
    tally.told(first, NOW);

    // then
    assertThat(first).hasSize(3);
    assertThat(tally.due(NOW, 3)).hasSize(2);
  }

  /// Many handles at once, tried again and again, told now and then, sometimes in vain.
  @Property(tries = 300)
  void losesNoneAndKeepsNoMoreThanItMay(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 12) Integer> happenings) {
    // given
    AttemptTally theTally = new AttemptTally(5, MINUTE);
    List<Attempt> attempts = IntStream.range(0, 10).mapToObj(_ -> someone()).toList();
    Instant now = NOW;
    long added = 0;
    long told = 0;

    for (int happening : happenings) {
      // when
      now = now.plusSeconds(7);
      if (happening < attempts.size()) {
        theTally.add(attempts.get(happening), now);
        added++;
      }
      List<Sum> due = theTally.due(now, 100);
      if (happening > 8) {
        theTally.told(due, now);
        told += due.stream().mapToLong(Sum::times).sum();
      }

      // then
      assertThat(due).hasSizeLessThanOrEqualTo(5 + 1);
    }
    long left = theTally.due(now.plus(MINUTE), 100).stream().mapToLong(Sum::times).sum();
    assertThat(told + left).isEqualTo(added);
  }

  private static Attempt someone() {
    return new Attempt(Overreach.BEYOND_REACH, UUID.randomUUID(), null, null);
  }
}
