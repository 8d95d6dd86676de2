package io.tokenwarden.graph.quota;

import static io.tokenwarden.graph.quota.QuotaKind.ACCOUNT;
import static io.tokenwarden.graph.quota.QuotaKind.APP;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageHeadersTest {

  private static final String APP_USAGE = "X-App-Usage";
  private static final String AD_ACCOUNT_USAGE = "X-Ad-Account-Usage";
  private static final String USE_CASE_USAGE = "X-Business-Use-Case-Usage";
  private static final String INSIGHTS_THROTTLE = "X-FB-Ads-Insights-Throttle";

  // ---- what Meta sends

  @Test
  void readsTheUsageOfTheApp() {
    assertThat(parse(APP_USAGE, "{\"call_count\":28,\"total_time\":25,\"total_cputime\":26}"))
        .containsExactly(told(APP, "", null).calls(28).time(25).cpuTime(26).usage());
  }

  @Test
  void readsAnAppUsageThatTellsCallsAlone() {
    assertThat(parse(APP_USAGE, "{\"call_count\":118}"))
        .containsExactly(told(APP, "", null).calls(118).usage());
  }

  @Test
  void readsTheUsageOfThePageOfTheCall() {
    assertThat(parse("X-Page-Usage", "{\"call_count\":855}"))
        .containsExactly(told(ACCOUNT, "", UseCase.PAGES).calls(855).usage());
  }

  @Test
  void readsTheUsageOfTheAdAccountOfTheCallWithItsResetInSeconds() {
    assertThat(
            parse(
                AD_ACCOUNT_USAGE,
                "{\"acc_id_util_pct\":9.67,\"reset_time_duration\":100,\"ads_api_access_tier\":\"standard_access\"}"))
        .containsExactly(
            told(ACCOUNT, "", null)
                .calls(9.67)
                .reset(Duration.ofSeconds(100))
                .tier(Tier.STANDARD)
                .usage());
  }

  @Test
  void readsTheTwoQuotasOfInsights() {
    assertThat(
            parse(
                INSIGHTS_THROTTLE,
                "{\"app_id_util_pct\":100,\"acc_id_util_pct\":10,\"ads_api_access_tier\":\"standard_access\"}"))
        .containsExactly(
            told(APP, "", UseCase.ADS_INSIGHTS).calls(100).tier(Tier.STANDARD).usage(),
            told(ACCOUNT, "", UseCase.ADS_INSIGHTS).calls(10).tier(Tier.STANDARD).usage());
  }

  @Test
  void readsARecordedUseCaseUsage() {
    assertThat(
            parse(
                USE_CASE_USAGE,
                "{\"542676646349772\":[{\"type\":\"custom_audience\",\"call_count\":7,\"total_cputime\":1,\"total_time\":2,\"estimated_time_to_regain_access\":0}]}"))
        .containsExactly(
            told(ACCOUNT, "542676646349772", UseCase.CUSTOM_AUDIENCE)
                .calls(7)
                .cpuTime(1)
                .time(2)
                .usage());
  }

  @Test
  void readsEveryIdAndEveryUseCaseOfItWithTheWaitInMinutes() {
    assertThat(
            parse(
                USE_CASE_USAGE,
                """
                {"22":[{"type":"ads_management","call_count":95,"estimated_time_to_regain_access":0},
                       {"type":"ads_insights","call_count":100,"estimated_time_to_regain_access":19,
                        "ads_api_access_tier":"development_access"}],
                 "11":[{"type":"pages","total_time":3}]}
                """))
        .containsExactly(
            told(ACCOUNT, "11", UseCase.PAGES).time(3).usage(),
            told(ACCOUNT, "22", UseCase.ADS_INSIGHTS)
                .calls(100)
                .regain(Duration.ofMinutes(19))
                .tier(Tier.DEVELOPMENT)
                .usage(),
            told(ACCOUNT, "22", UseCase.ADS_MANAGEMENT).calls(95).usage());
  }

  @Test
  void readsAsManyObjectsAsMetaSends() {
    // given
    var objects =
        IntStream.rangeClosed(1, 32)
            .mapToObj(
                id -> "\"%d\":[{\"type\":\"ads_insights\",\"call_count\":%d}]".formatted(id, id))
            .collect(joining(",", "{", "}"));

    // when
    var usages = parse(USE_CASE_USAGE, objects);

    // then
    assertThat(usages)
        .hasSize(32)
        .allSatisfy(usage -> assertThat(usage.calls()).isEqualTo(Double.parseDouble(usage.id())));
  }

  // ---- what is said twice

  @Test
  void takesTheStricterFigureOfAKeyThatComesTwice() {
    assertThat(
            parse(
                USE_CASE_USAGE,
                """
                {"1":[{"type":"ads_insights","call_count":100,"total_time":1,"total_cputime":7,
                       "estimated_time_to_regain_access":3}],
                 "act_1":[{"type":"ads_insights","call_count":5,"total_time":9,"total_cputime":2,
                       "estimated_time_to_regain_access":1,"ads_api_access_tier":"standard_access"}]}
                """))
        .containsExactly(
            told(ACCOUNT, "1", UseCase.ADS_INSIGHTS)
                .calls(100)
                .time(9)
                .cpuTime(7)
                .regain(Duration.ofMinutes(3))
                .tier(Tier.STANDARD)
                .usage());
  }

  @ParameterizedTest
  @CsvSource({
    "development_access, standard_access",
    "standard_access, development_access",
    "development_access, x",
    "x, development_access"
  })
  void takesTheStricterOfTwoMembersOfTheSameName(String oneTier, String otherTier) {
    assertThat(
            parse(
                AD_ACCOUNT_USAGE,
                """
                {"acc_id_util_pct":7,"acc_id_util_pct":3,"reset_time_duration":1,"reset_time_duration":60,
                 "ads_api_access_tier":"%s","ads_api_access_tier":"%s"}
                """
                    .formatted(oneTier, otherTier)))
        .containsExactly(
            told(ACCOUNT, "", null)
                .calls(7)
                .reset(Duration.ofSeconds(60))
                .tier(Tier.DEVELOPMENT)
                .usage());
  }

  @Test
  void takesFiguresWithTwoTypesForBoth() {
    assertThat(
            parse(
                USE_CASE_USAGE,
                "{\"1\":[{\"type\":\"ads_insights\",\"type\":\"leadgen\",\"call_count\":4}]}"))
        .containsExactly(
            told(ACCOUNT, "1", UseCase.ADS_INSIGHTS).calls(4).usage(),
            told(ACCOUNT, "1", UseCase.LEADGEN).calls(4).usage());
  }

  @Test
  void takesTheStricterOfTwoHeadersOfTheSameName() {
    // when
    var usages =
        UsageHeaders.parse(
            List.of(
                Map.entry(APP_USAGE, "{\"call_count\":90,\"total_time\":1}"),
                Map.entry("x-app-usage", "{\"call_count\":10,\"total_time\":2}")));

    // then
    assertThat(usages).containsExactly(told(APP, "", null).calls(90).time(2).usage());
  }

  // ---- what is written in another way

  @ParameterizedTest
  @ValueSource(strings = {"\"19\"", "\" 19 \"", "19", "19.0", "1.9e1", "\"19.0\""})
  void readsNumbersHoweverTheyAreWritten(String number) {
    assertThat(parse(APP_USAGE, "{\"call_count\":" + number + "}"))
        .containsExactly(told(APP, "", null).calls(19).usage());
  }

  @Test
  void takesABrokenMinuteForAWholeSecond() {
    assertThat(
            parse(
                USE_CASE_USAGE,
                "{\"1\":[{\"type\":\"pages\",\"estimated_time_to_regain_access\":0.51}]}"))
        .containsExactly(told(ACCOUNT, "1", UseCase.PAGES).regain(Duration.ofSeconds(31)).usage());
  }

  @Test
  void takesOneObjectWithoutItsArray() {
    assertThat(parse(USE_CASE_USAGE, "{\"1\":{\"type\":\"Ads_Insights \",\"call_count\":4}}"))
        .containsExactly(told(ACCOUNT, "1", UseCase.ADS_INSIGHTS).calls(4).usage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"type\":\"something_new\",", "\"type\":7,", ""})
  void keepsTheFiguresOfAUseCaseItDoesNotKnow(String type) {
    assertThat(parse(USE_CASE_USAGE, "{\"1\":[{" + type + "\"call_count\":4}]}"))
        .containsExactly(told(ACCOUNT, "1", UseCase.OTHER).calls(4).usage());
  }

  @Test
  void readsPastMembersItDoesNotKnow() {
    assertThat(
            parse(
                USE_CASE_USAGE,
                """
                {"1":[7,{"more":{"call_count":99,"deep":[1,{"total_time":99}]},"call_count":4,
                  "total_time":[99],"type":"pages"},null],
                 "name":[{"type":"pages","call_count":98}],
                 "act_":{"type":"pages","call_count":97},
                 "2":[[{"type":"pages","call_count":5}]]}
                """))
        .containsExactly(
            told(ACCOUNT, "1", UseCase.PAGES).calls(4).usage(),
            told(ACCOUNT, "2", UseCase.PAGES).calls(5).usage());
  }

  // ---- what cannot be understood

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "7",
        "\"x\"",
        "nonsense",
        "[{\"call_count\":1}]",
        "{\"call_count\":null}",
        "{\"call_count\":true}",
        "{\"call_count\":-1}",
        "{\"call_count\":\"-1\"}",
        "{\"call_count\":\"many\"}",
        "{\"call_count\":\"NaN\"}",
        "{\"call_count\":\"1d\"}",
        "{\"call_count\":\"\"}",
        "{\"calls\":1}",
        "{\"ads_api_access_tier\":\"standard_access\"}",
        "{\"acc_id_util_pct\":50}"
      })
  void leavesOutWhatTellsNothing(String value) {
    assertThat(parse(APP_USAGE, value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"1\":[]}",
        "{\"1\":[{}]}",
        "{\"1\":7}",
        "{\"1\":[{\"type\":\"pages\"}]}"
      })
  void leavesOutUseCasesWithoutFigures(String value) {
    assertThat(parse(USE_CASE_USAGE, value)).isEmpty();
  }

  @Test
  void leavesOutTheQuotaOfInsightsThatIsNotTold() {
    assertThat(parse(INSIGHTS_THROTTLE, "{\"acc_id_util_pct\":0}"))
        .containsExactly(told(ACCOUNT, "", UseCase.ADS_INSIGHTS).usage());
  }

  @Test
  void readsNoOtherHeader() {
    assertThat(parse("X-Other", "{\"call_count\":1}")).isEmpty();
  }

  @Test
  void readsPastHeadersWithoutNameOrValue() {
    // given
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(new SimpleEntry<>(null, "{}"));
    headers.add(new SimpleEntry<>(APP_USAGE, null));
    headers.add(Map.entry(APP_USAGE, "{\"call_count\":1}"));

    // when / then
    assertThat(UsageHeaders.parse(headers)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"1\":[{\"type\":\"pages\",\"call_count\":100",
        "{\"1\":[{\"type\":\"pages\",\"call_count\":100,\"total_time\":}]}",
        "{\"1\":[{\"type\":\"pages\",\"call_count\":100}",
        "{\"1\":[{\"type\":\"pages\",\"call_count\":100}],\"2\":[{",
        "{\"1\":[{\"type\":\"pages\",\"call_count\":100}]} and more"
      })
  void keepsWhatCameBeforeTheValueBroke(String value) {
    assertThat(parse(USE_CASE_USAGE, value))
        .containsExactly(told(ACCOUNT, "1", UseCase.PAGES).calls(100).usage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1000001", "1e400", "99999999999999999999999999", "\"99999999999999999999\""})
  void cutsFiguresWithoutMeasure(String number) {
    assertThat(parse(APP_USAGE, "{\"call_count\":" + number + "}"))
        .containsExactly(told(APP, "", null).calls(1_000_000).usage());
    assertThat(
            parse(
                USE_CASE_USAGE,
                "{\"1\":{\"type\":\"pages\",\"estimated_time_to_regain_access\":" + number + "}}"))
        .containsExactly(told(ACCOUNT, "1", UseCase.PAGES).regain(Duration.ofDays(1)).usage());
    assertThat(parse(AD_ACCOUNT_USAGE, "{\"reset_time_duration\":" + number + "}"))
        .containsExactly(told(ACCOUNT, "", null).reset(Duration.ofDays(1)).usage());
  }

  @Test
  void readsNothingOfAValueThatIsTooLong() {
    // given
    var said = "{\"call_count\":1}";
    var longest = said + " ".repeat(64 * 1024 - said.length());

    // when / then
    assertThat(parse(APP_USAGE, longest)).hasSize(1);
    assertThat(parse(APP_USAGE, longest + " ")).isEmpty();
  }

  @Test
  void survivesDepth() {
    assertThat(parse(USE_CASE_USAGE, "{\"1\":" + "[".repeat(60_000))).isEmpty();
    assertThat(parse(APP_USAGE, "{\"x\":" + "{\"x\":".repeat(10_000))).isEmpty();
  }

  // ---- laws

  @Property
  void neverThrowsOnBytes(@ForAll("names") String name, @ForAll byte[] value) {
    assertThat(parse(name, new String(value, ISO_8859_1))).isNotNull();
  }

  @Property
  void neverThrowsOnText(@ForAll("names") String name, @ForAll String value) {
    assertThat(parse(name, value)).isNotNull();
  }

  @Property
  void neverThrowsOnDamagedHeaders(
      @ForAll("answers") ToldAnswer answer, @ForAll int at, @ForAll char put, @ForAll int to) {
    answer
        .headers()
        .forEach(header -> {
          var value = new StringBuilder(header.getValue());
          value.setCharAt(Math.floorMod(at, value.length()), put);
          value.setLength(Math.floorMod(to, value.length() + 1));

          assertThat(parse(header.getKey(), value.toString()))
              .allSatisfy(usage ->
                  assertThat(usage.utilization()).isBetween(0.0, UsageHeaders.HIGHEST_PERCENT));
        });
  }

  @Property
  void readsWhatWasWritten(@ForAll("answers") ToldAnswer answer) {
    assertThat(UsageHeaders.parse(answer.headers()))
        .containsExactlyInAnyOrderElementsOf(answer.usages());
  }

  @Property
  void readsTheSameInAnyOrder(
      @ForAll("answers") ToldAnswer one, @ForAll("answers") ToldAnswer other, @ForAll long seed) {
    // given
    var headers = new ArrayList<>(one.headers());
    headers.addAll(other.headers());
    var shuffled = new ArrayList<>(headers);
    Collections.shuffle(shuffled, new Random(seed));

    // when / then
    assertThat(UsageHeaders.parse(shuffled)).isEqualTo(UsageHeaders.parse(headers));
  }

  @Property
  void tellsEachQuotaOnceAndNoLessForAnotherHeader(
      @ForAll("answers") ToldAnswer one, @ForAll("answers") ToldAnswer other) {
    // given
    var headers = new ArrayList<>(one.headers());
    headers.addAll(other.headers());

    // when
    var usages = UsageHeaders.parse(headers);

    // then
    var byQuota = new TreeMap<Usage, Usage>(Usage.BY_QUOTA);
    usages.forEach(usage -> byQuota.put(usage, usage));
    assertThat(byQuota).hasSameSizeAs(usages);
    for (var alone : one.usages()) {
      var together = byQuota.get(alone);
      assertThat(together.stricter(alone)).isEqualTo(together);
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        APP_USAGE, AD_ACCOUNT_USAGE, USE_CASE_USAGE, INSIGHTS_THROTTLE, "X-Page-Usage", "Date");
  }

  @Provide
  Arbitrary<ToldAnswer> answers() {
    return ToldAnswer.any();
  }

  private static List<Usage> parse(String name, String value) {
    return UsageHeaders.parse(List.of(Map.entry(name, value)));
  }

  private static Told told(QuotaKind kind, String id, UseCase useCase) {
    return Told.of(kind, id, useCase);
  }
}
