package io.tokenwarden.graph.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HoldRuleTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Told QUOTA = Told.of(QuotaKind.ACCOUNT, "1", UseCase.ADS_INSIGHTS);
  private static final Usage USED_UP = QUOTA.calls(100).usage();
  private static final Throttle OF_USE_CASE = new Throttle(QuotaKind.ACCOUNT, UseCase.ADS_INSIGHTS);

  // ---- the ladder

  @ParameterizedTest(name = "strike {0}: {1} s")
  @CsvSource({"1, 5", "2, 15", "3, 45", "4, 45", "1000, 45"})
  void climbsTheLadderFromStrikeToStrike(int strike, long seconds) {
    // given
    var before = strike == 1 ? Hold.NONE : new Hold(strike - 1, NOW, NOW);

    // when
    var hold = HoldRule.after(before, told(NOW, USED_UP));

    // then
    assertThat(hold.strikes()).isEqualTo(strike);
    assertThat(hold.until()).isEqualTo(NOW.plusSeconds(seconds));
  }

  @Test
  void countsOneStrikeHoweverManyCallsWereUnderWay() {
    // given
    var asked = NOW;
    var hold = HoldRule.after(Hold.NONE, told(asked, USED_UP));

    // when
    for (var answered = 1; answered <= 30; answered++) {
      hold = HoldRule.after(hold, sign(null, null, asked, NOW.plusSeconds(answered), USED_UP));
    }

    // then
    assertThat(hold.strikes()).isEqualTo(1);
    assertThat(hold.until()).isEqualTo(NOW.plusSeconds(35));
  }

  @Test
  void countsTheFirstStrikeOfAHoldThatWasLearntWithoutOne() {
    // given
    var learnt = new Hold(0, NOW.plusSeconds(1), NOW.plusSeconds(1));

    // when / then
    assertThat(HoldRule.after(learnt, told(NOW, USED_UP)).strikes()).isEqualTo(1);
  }

  @Test
  void countsAStrikeForTheCallThatWasMadeTheMomentTheHoldWasOver() {
    // given
    var before = new Hold(1, NOW, NOW.plusSeconds(5));

    // when / then
    assertThat(HoldRule.after(before, told(NOW, USED_UP)).strikes()).isEqualTo(2);
    assertThat(HoldRule.after(before, told(NOW.minusMillis(1), USED_UP)).strikes()).isEqualTo(1);
  }

  @Test
  void forgetsStrikesAnHourAfterTheHold() {
    // given
    var hour = Duration.ofHours(1);
    var before = new Hold(2, NOW.minus(hour), NOW.minus(hour));

    // when / then
    assertThat(HoldRule.after(before, told(NOW, USED_UP)).strikes()).isEqualTo(1);
    assertThat(HoldRule.after(before, told(NOW.minusMillis(1), USED_UP)).strikes()).isEqualTo(3);
  }

  // ---- Meta's own figures

  @Test
  void waitsUntilMetaSaysThatAccessIsRegained() {
    // given
    var usage = QUOTA.calls(40).regain(Duration.ofMinutes(19)).usage();

    // when / then
    assertThat(HoldRule.after(Hold.NONE, told(NOW, usage)).until())
        .isEqualTo(NOW.plus(Duration.ofMinutes(19)));
  }

  @Test
  void waitsUntilMetaSaysThatItsFiguresAreBackToZero() {
    // given
    var usage = QUOTA.calls(100).reset(Duration.ofSeconds(100)).usage();

    // when / then
    assertThat(HoldRule.after(Hold.NONE, told(NOW, usage)).until()).isEqualTo(NOW.plusSeconds(100));
  }

  @Test
  void waitsForTheResetAfterARefusalTooThoughThePercentageIsLow() {
    // given
    var usage = QUOTA.calls(0.01).reset(Duration.ofSeconds(301)).tier(Tier.STANDARD).usage();

    // when
    var hold = HoldRule.after(Hold.NONE, sign(OF_USE_CASE, null, NOW, NOW, usage));

    // then
    assertThat(hold.until()).isEqualTo(NOW.plusSeconds(301));
  }

  @Test
  void holdsNothingWhileNothingIsUsedUp() {
    // given
    var usage = QUOTA.calls(99.9).time(99).cpuTime(99).reset(Duration.ofHours(1)).usage();
    var before = new Hold(2, NOW.plusSeconds(7), NOW.plusSeconds(9));

    // when / then
    assertThat(HoldRule.after(Hold.NONE, told(NOW, usage))).isEqualTo(Hold.NONE);
    assertThat(HoldRule.after(before, told(NOW, usage))).isEqualTo(before);
    assertThat(HoldRule.after(before, told(NOW))).isEqualTo(before);
  }

  @Test
  void waitsForTheStrictestOfSeveralReadings() {
    // given
    var fine = QUOTA.calls(1).reset(Duration.ofSeconds(50)).usage();
    var regain = QUOTA.regain(Duration.ofMinutes(2)).usage();

    // when / then
    assertThat(HoldRule.after(Hold.NONE, told(NOW, fine, regain, USED_UP)).until())
        .isEqualTo(NOW.plusSeconds(120));
  }

  // ---- blocks

  @ParameterizedTest
  @EnumSource(
      value = QuotaKind.class,
      names = {"APP", "USER", "ACCOUNT", "AD_CREATION"})
  void waitsForTheBlockOfTheTier(QuotaKind kind) {
    // given
    var throttle = new Throttle(kind, null);

    // when / then
    assertThat(length(throttle, Tier.STANDARD)).isEqualTo(Duration.ofMinutes(1));
    assertThat(length(throttle, Tier.DEVELOPMENT)).isEqualTo(Duration.ofMinutes(5));
    assertThat(length(throttle, null)).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({
    "STANDARD, STANDARD, 60",
    ", STANDARD, 60",
    "STANDARD,, 60",
    "STANDARD, DEVELOPMENT, 300",
    "DEVELOPMENT, STANDARD, 300",
    ",, 300"
  })
  void believesTheStricterTier(Tier known, Tier told, long seconds) {
    // when
    var hold =
        HoldRule.after(Hold.NONE, sign(OF_USE_CASE, known, NOW, NOW, QUOTA.tier(told).usage()));

    // then
    assertThat(hold.until()).isEqualTo(NOW.plusSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"BUDGET, PT1H", "SPENDING_LIMIT, P1D", "CHANGES, PT5S"})
  void waitsForTheBlockOfASingleField(QuotaKind kind, Duration length) {
    assertThat(length(new Throttle(kind, null), Tier.DEVELOPMENT)).isEqualTo(length);
  }

  @Test
  void waitsForNoBlockBeforeMetaRefusedACall() {
    // given
    var usage = QUOTA.calls(100).tier(Tier.DEVELOPMENT).usage();

    // when / then
    assertThat(HoldRule.after(Hold.NONE, told(NOW, usage)).until()).isEqualTo(NOW.plusSeconds(5));
  }

  // ---- afterwards

  @ParameterizedTest(name = "held for {0}, at half rate for {1}")
  @CsvSource({"PT1M, PT1M", "PT59M, PT59M", "PT1H, PT1H", "PT2H, PT1H", "P1D, PT1H"})
  void goesAtHalfRateForAsLongAsItWasHeldAnHourAtMost(Duration held, Duration half) {
    // when
    var hold = HoldRule.after(Hold.NONE, told(NOW, QUOTA.regain(held).usage()));

    // then
    assertThat(hold.until()).isEqualTo(NOW.plus(held));
    assertThat(hold.free()).isEqualTo(NOW.plus(held).plus(half));
  }

  // ---- laws

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aStricterSignNeverGivesAShorterHold(
      @ForAll("holds") Hold before,
      @ForAll("usages") Usage usage,
      @ForAll("usages") Usage more,
      @ForAll("throttles") Throttle throttle,
      @ForAll("tiers") Tier tier) {
    // given
    var hold = HoldRule.after(before, sign(throttle, tier, NOW, NOW, usage));

    // when
    var stricter =
        List.of(
            sign(throttle, tier, NOW, NOW, raised(usage, more)),
            sign(throttle, tier, NOW, NOW, usage, raised(usage, more)),
            sign(throttle, Tier.DEVELOPMENT, NOW, NOW, usage),
            sign(OF_USE_CASE, Tier.DEVELOPMENT, NOW, NOW, usage, more),
            sign(throttle, tier, NOW, NOW.plusMillis(1), usage));

    // then
    assertThat(stricter)
        .filteredOn(sign -> throttle == null || sign.throttle().equals(throttle))
        .allSatisfy(sign -> {
          assertThat(HoldRule.after(before, sign).until()).isAfterOrEqualTo(hold.until());
          assertThat(HoldRule.after(before, sign).free()).isAfterOrEqualTo(hold.free());
        });
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aStricterHeaderNeverGivesAShorterHold(
      @ForAll("holds") Hold before,
      @ForAll("answers") ToldAnswer answer,
      @ForAll("answers") ToldAnswer more,
      @ForAll("throttles") Throttle throttle) {
    // given
    var headers = new ArrayList<>(answer.headers());
    var hold = HoldRule.after(before, read(throttle, headers));

    // when
    headers.addAll(more.headers());
    var stricter = HoldRule.after(before, read(throttle, headers));

    // then
    assertThat(stricter.until()).isAfterOrEqualTo(hold.until());
    assertThat(stricter.free()).isAfterOrEqualTo(hold.free());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aLongerHistoryNeverGivesAShorterHold(
      @ForAll("holds") Hold before,
      @ForAll("usages") Usage usage,
      @ForAll("throttles") Throttle throttle) {
    // given
    var sign = sign(throttle, null, NOW, NOW, usage);

    // when
    var hold = HoldRule.after(before, sign);

    // then
    assertThat(hold.until()).isAfterOrEqualTo(before.until());
    assertThat(hold.free()).isAfterOrEqualTo(before.free());
    assertThat(hold.until()).isAfterOrEqualTo(HoldRule.after(Hold.NONE, sign).until());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theSameSignTwiceIsOneSign(
      @ForAll("holds") Hold before,
      @ForAll("usages") Usage usage,
      @ForAll("throttles") Throttle throttle) {
    // given
    var sign = sign(throttle, null, NOW, NOW, usage);

    // when
    var once = HoldRule.after(before, sign);

    // then
    assertThat(HoldRule.after(once, sign)).isEqualTo(once);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void noHoldIsLongerThanADayAndNoneThatBeginsIsShorterThanTheLadder(
      @ForAll("usages") Usage usage, @ForAll("throttles") Throttle throttle) {
    // when
    var hold = HoldRule.after(Hold.NONE, sign(throttle, null, NOW, NOW, usage));

    // then
    if (throttle != null || usage.exhausted()) {
      assertThat(hold.until()).isBetween(NOW.plusSeconds(5), NOW.plus(Duration.ofDays(1)));
    } else {
      assertThat(hold).isEqualTo(Hold.NONE);
    }
  }

  @Provide
  Arbitrary<Hold> holds() {
    var seconds = Arbitraries.integers().between(-7200, 7200);
    var half = Arbitraries.integers().between(0, 3600);
    return Combinators.combine(Arbitraries.integers().between(0, 5), seconds, half)
        .as((strikes, until, free) ->
            new Hold(strikes, NOW.plusSeconds(until), NOW.plusSeconds(until + (long) free)));
  }

  @Provide
  Arbitrary<Usage> usages() {
    var percent = Arbitraries.of(0.0, 0.01, 50.0, 99.99, 100.0, 118.0);
    var wait =
        Arbitraries.of(0, 1, 5, 6, 15, 45, 59, 60, 61, 300, 301, 3599, 3600, 3601, 86_400)
            .map(Duration::ofSeconds);
    return Combinators.combine(percent, percent, percent, wait, wait, tiers())
        .as((calls, time, cpuTime, regain, reset, tier) ->
            QUOTA
                .calls(calls)
                .time(time)
                .cpuTime(cpuTime)
                .regain(regain)
                .reset(reset)
                .tier(tier)
                .usage());
  }

  @Provide
  Arbitrary<Throttle> throttles() {
    return Arbitraries.of(QuotaKind.class).map(kind -> new Throttle(kind, null)).injectNull(0.3);
  }

  @Provide
  Arbitrary<Tier> tiers() {
    return Arbitraries.of(Tier.class).injectNull(0.3);
  }

  @Provide
  Arbitrary<ToldAnswer> answers() {
    return ToldAnswer.any();
  }

  /// More of everything, and no better a tier.
  private static Usage raised(Usage usage, Usage more) {
    return QUOTA
        .calls(usage.calls() + more.calls())
        .time(usage.time() + more.time())
        .cpuTime(Math.max(usage.cpuTime(), more.cpuTime()))
        .regain(usage.regain().plus(more.regain()))
        .reset(usage.reset().plus(more.reset()))
        .tier(usage.tier() == Tier.STANDARD ? more.tier() : usage.tier())
        .usage();
  }

  /// The tier is known, as it is after the first answer that tells it: a tier told for the first
  /// time ends the longer wait for an unknown one.
  private static QuotaSign read(Throttle throttle, List<Map.Entry<String, String>> headers) {
    return new QuotaSign(throttle, UsageHeaders.parse(headers), Tier.STANDARD, NOW, NOW);
  }

  private static Duration length(Throttle throttle, Tier tier) {
    var hold = HoldRule.after(Hold.NONE, sign(throttle, tier, NOW, NOW, QUOTA.usage()));
    return Duration.between(NOW, hold.until());
  }

  private static QuotaSign told(Instant asked, Usage... usages) {
    return sign(null, null, asked, NOW, usages);
  }

  private static QuotaSign sign(
      Throttle throttle, Tier tier, Instant asked, Instant answered, Usage... usages) {
    return new QuotaSign(throttle, List.of(usages), tier, asked, answered);
  }
}
