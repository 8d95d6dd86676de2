package io.tokenwarden.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.graph.quota.Hold;
import io.tokenwarden.graph.quota.QuotaScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KnownHoldTest {

  private static final QuotaScope SCOPE = QuotaScope.ofApp("1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = NOW.plusSeconds(300);

  private final KnownHold held =
      new KnownHold(SCOPE, 1, new Hold(1, UNTIL, UNTIL.plusSeconds(300)), Instant.EPOCH, false);

  @Test
  void closesUntilItIsOver() {
    assertThat(held.left(NOW)).isEqualTo(Duration.ofMinutes(5));
    assertThat(held.left(UNTIL.minusNanos(1))).isEqualTo(Duration.ofNanos(1));
    assertThat(held.left(UNTIL)).isZero();
    assertThat(held.isUnproven(UNTIL.minusNanos(1))).isFalse();
    assertThat(held.isUnproven(UNTIL)).isTrue();
  }

  @Test
  void closesWhileOneFindsOutAndNotForEver() {
    // given
    var probed = held.asProbed(UNTIL.plusSeconds(10));

    // then
    assertThat(probed.left(UNTIL.plusSeconds(10))).isEqualTo(Duration.ofSeconds(1));
    assertThat(probed.left(UNTIL.plusSeconds(39))).isEqualTo(Duration.ofSeconds(1));
    assertThat(probed.left(UNTIL.plusSeconds(40))).isZero();
    assertThat(probed.isUnproven(UNTIL.plusSeconds(40))).isTrue();
  }

  @Test
  void isOpenOnceProven() {
    // given
    var proven = held.asProbed(UNTIL).asProven();

    // then
    assertThat(proven.left(UNTIL)).isZero();
    assertThat(proven.isUnproven(UNTIL)).isFalse();
    assertThat(proven.left(NOW)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void needsNoProofOnceMetaHasForgotten() {
    assertThat(held.isUnproven(UNTIL.plusSeconds(3599))).isTrue();
    assertThat(held.isUnproven(UNTIL.plusSeconds(3600))).isFalse();
  }

  @Property
  void isTheSameInWhateverOrderItIsLearnt(
      @ForAll("lives") List<KnownHold> rows, @ForAll("orders") long seed) {
    // given
    var shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    shuffled.addAll(shuffled.subList(0, shuffled.size() / 2));

    // then
    assertThat(shuffled.stream().reduce(KnownHold::latest)).contains(rows.getLast());
  }

  /// What becomes of a row, change by change.
  @Provide
  Arbitrary<List<KnownHold>> lives() {
    return Arbitraries.of("hold", "probe", "prove", "end")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(KnownHoldTest::life);
  }

  @Provide
  Arbitrary<Long> orders() {
    return Arbitraries.longs();
  }

  private static List<KnownHold> life(List<String> changes) {
    var rows = new ArrayList<KnownHold>();
    var row = new KnownHold(SCOPE, 1, new Hold(1, NOW, NOW.plusSeconds(5)), Instant.EPOCH, false);
    rows.add(row);
    for (int i = 0; i < changes.size(); i++) {
      var at = NOW.plusSeconds(10L * (i + 1));
      row =
          switch (changes.get(i)) {
            case "hold" ->
                new KnownHold(
                    SCOPE, i + 2, new Hold(1, at, at.plusSeconds(5)), Instant.EPOCH, false);
            case "end" -> new KnownHold(SCOPE, i + 2, new Hold(1, NOW, NOW), Instant.EPOCH, true);
            case "probe" -> row.proven() ? row : row.asProbed(at);
            default -> row.asProven();
          };
      rows.add(row);
    }
    return rows;
  }
}
