package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers that take their time, numbers of single things, and answers with answers inside.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class InsightsIT {

  private final LocalDate today = LocalDate.now(Clock.systemUTC());
  private final Map<String, String> aMonth =
      Map.of(
          "time_range",
          "{\"since\":\"%s\",\"until\":\"%s\"}".formatted(today.minusDays(31), today.minusDays(2)),
          "time_increment",
          "1",
          "level",
          "ad",
          "fields",
          "ad_id,spend");

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private String person;
  private String account;
  private String token;

  @BeforeEach
  void connectABuyer() {
    visitor = new Visitor(twin);
    var buyer =
        visitor
            .post("/twin/people", "{\"name\": \"Buyer\", \"adAccounts\": [{\"campaigns\": 2}]}")
            .json();
    person = buyer.get("id").asText();
    account = buyer.at("/adAccounts/0/id").asText();
    token = visitor.redeem(visitor.dance(person, "ads_read,ads_management")).token();
  }

  @AfterEach
  void letReportsGoTheirUsualWay() {
    visitor.delete("/twin/report-runs", Map.of());
  }

  @Test
  void makesAReportStepByStep() {
    // when
    var run = start("act_" + account);

    // then
    assertThat(get(run + "/insights").error()).isEqualTo("400 100/33");
    assertThat(List.of(poll(run), poll(run), poll(run), poll(run)))
        .containsExactly(
            "Job Not Started 0", "Job Running 50", "Job Completed 100", "Job Completed 100");
    assertThat(rows(run + "/insights", Map.of()))
        .isNotEmpty()
        .isEqualTo(rows("act_" + account + "/insights", aMonth));
  }

  @Test
  void doesNotKnowAReportAtOnce() {
    // given
    reports("{\"unknownPolls\": 2, \"runningPolls\": 0}");
    var run = start("act_" + account);

    // then
    assertThat(get(run).error()).isEqualTo("400 100/33");
    assertThat(get(run).error()).isEqualTo("400 100/33");
    assertThat(poll(run)).isEqualTo("Job Not Started 0");
    assertThat(poll(run)).isEqualTo("Job Completed 100");
  }

  @ParameterizedTest
  @CsvSource({"REPORT_FAILED, -2, 2490547", "TOO_LARGE, -3, 1504045"})
  void tellsOfAFailureInAnAnswerThatSucceeds(String failure, int code, int subcode) {
    // given
    reports("{\"runningPolls\": 0, \"failure\": \"%s\"}".formatted(failure));
    var run = start("act_" + account);
    poll(run);

    // when
    var failed = get(run);

    // then
    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.json().get("async_status").asText()).isEqualTo("Job Failed");
    assertThat(failed.json().get("error_code").asInt()).isEqualTo(code);
    assertThat(failed.json().get("error_subcode").asInt()).isEqualTo(subcode);
    assertThat(failed.json().has("error")).isFalse();
    assertThat(get(run + "/insights").error()).isEqualTo("400 100/33");
  }

  @Test
  void startsReportsForWhoMayOnlyRead() {
    // given
    visitor.post("/twin/people/" + person + "/block", "");

    // then
    assertThat(poll(start("act_" + account))).isEqualTo("Job Not Started 0");
    assertThat(post("act_" + account + "/insights", Map.of("level", "galaxy")).error())
        .isEqualTo("400 100");
  }

  @Test
  void showsAReportToNobodyElse() {
    // given
    var run = start("act_" + account);
    var other = visitor.post("/twin/people", "{\"name\": \"Other\"}").json().get("id").asText();

    // then
    assertThat(visitor.get("/" + run, Map.of("access_token", visitor.connect(other))).error())
        .isEqualTo("400 100/33");
  }

  @Test
  void addsTheNumbersOfSingleThingsUpToThoseOfTheAccount() {
    // given
    var truth = spend("act_" + account);

    // when
    var campaigns = spends("campaigns");
    var adSets = spends("adsets");
    var ads = spends("ads");

    // then
    assertThat(Stream.of(campaigns, adSets, ads).map(InsightsIT::sum))
        .allSatisfy(sum -> assertThat(sum).isEqualByComparingTo(truth).isPositive());
    assertThat(ads).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void reportsOnOneCampaign() {
    // given
    var campaign = ids("campaigns").getFirst();
    reports("{\"runningPolls\": 0}");

    // when
    var run = start(campaign);
    poll(run);
    poll(run);

    // then
    assertThat(rows(run + "/insights", Map.of()))
        .isNotEmpty()
        .isEqualTo(rows(campaign + "/insights", aMonth));
  }

  @Test
  void hasNoNumbersForWhatAnAppMade() {
    // given
    var made = post("act_" + account + "/campaigns", Map.of("name", "New")).json();

    // then
    assertThat(rows(made.get("id").asText() + "/insights", aMonth)).isEmpty();
  }

  @Test
  void saysTheIdOfEveryNodeWhateverIsAskedOfIt() {
    // when
    var shown = get("act_" + account, Map.of("fields", "name,campaigns{name}")).json();
    var listed = get("act_" + account + "/campaigns", Map.of("fields", "name")).json();

    // then
    assertThat(shown.get("id").asText()).isEqualTo("act_" + account);
    assertThat(listed.at("/data/0/id").asText()).isNotEmpty();
    assertThat(shown.at("/campaigns/data/0/id")).isEqualTo(listed.at("/data/0/id"));
  }

  @Test
  void putsEdgesIntoNodes() {
    // when
    var shown =
        get(
                "act_" + account,
                Map.of("fields", "name,campaigns.limit(1){name,ads{id}},adspixels{name}"))
            .json();

    // then
    assertThat(shown.get("name").asText()).isNotEmpty();
    assertThat(shown.at("/campaigns/data")).hasSize(1);
    assertThat(shown.at("/campaigns/data/0/name").asText()).isEqualTo("Campaign 1");
    assertThat(shown.at("/campaigns/data/0/ads/data")).hasSize(2);
    assertThat(shown.at("/campaigns/paging/next").asText())
        .contains("/act_" + account + "/campaigns?", "access_token=" + token);
    assertThat(shown.at("/adspixels/data/0/name").asText()).endsWith("Pixel");
  }

  @Test
  void putsEdgesIntoEveryRowOfEveryPage() {
    // given
    var first =
        get("act_" + account + "/campaigns", Map.of("limit", "1", "fields", "name,ads{name}"))
            .json();

    // when
    var second = visitor.get(first.at("/paging/next").asText(), Map.of()).json();

    // then
    assertThat(List.of(first, second))
        .allSatisfy(page -> assertThat(page.at("/data/0/ads/data")).hasSize(2));
  }

  @Test
  void asksForEdgesOnlyWhereTheyAre() {
    assertThat(get("act_" + account, Map.of("fields", "name,unicorns{id}")).error())
        .isEqualTo("400 100");
    assertThat(get("act_" + account, Map.of("fields", "name,business{id}")).error())
        .isEqualTo("403 200");
  }

  @Test
  void saysThatNothingChanged() {
    // given
    var path = "/v25.0/act_" + account;
    var query = Map.of("fields", "name", "access_token", token);
    var first = visitor.get(path, query);

    // when
    var again = visitor.get(path, query, "If-None-Match", first.header("ETag"));
    var other = visitor.get(path, query, "If-None-Match", "\"another\"");

    // then
    assertThat(first.header("ETag")).matches("\"[0-9a-f]{40}\"");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(other.text()).isEqualTo(first.text());
    assertThat(get("12345").header("ETag")).isEmpty();
  }

  @Test
  void takesWhatSdksTellOfThemselves() {
    assertThat(
            visitor
                .post("/v25.0/" + FreshTwin.APP_ID + "/instruments", "{\"bl_name\": \"x\"}")
                .json()
                .get("success")
                .asBoolean())
        .isTrue();
  }

  private void reports(String habit) {
    assertThat(visitor.put("/twin/report-runs", habit).status()).isEqualTo(204);
  }

  private String start(String subject) {
    return post(subject + "/insights", aMonth).json().get("report_run_id").asText();
  }

  private String poll(String run) {
    var state = get(run).json();
    return state.get("async_status").asText() + " " + state.get("async_percent_completion").asInt();
  }

  private List<BigDecimal> spends(String edge) {
    return ids(edge).stream().map(this::spend).toList();
  }

  private BigDecimal spend(String subject) {
    var rows = rows(subject + "/insights", Map.of("date_preset", "last_90d"));
    return sum(rows.stream().map(row -> new BigDecimal(row.get("spend").asText())).toList());
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<String> ids(String edge) {
    return get("act_" + account + "/" + edge).json().get("data").findValuesAsText("id");
  }

  /// All pages of a list.
  private List<JsonNode> rows(String path, Map<String, String> query) {
    var rows = new ArrayList<JsonNode>();
    var page = get(path, query).json();
    page.get("data").forEach(rows::add);
    while (page.at("/paging").has("next")) {
      page = visitor.get(page.at("/paging/next").asText(), Map.of()).json();
      page.get("data").forEach(rows::add);
    }
    return rows;
  }

  private Visitor.Answer get(String path) {
    return get(path, Map.of());
  }

  private Visitor.Answer get(String path, Map<String, String> query) {
    return visitor.get("/v25.0/" + path, withToken(query));
  }

  private Visitor.Answer post(String path, Map<String, String> fields) {
    return visitor.postForm("/v25.0/" + path, List.copyOf(withToken(fields).entrySet()));
  }

  private Map<String, String> withToken(Map<String, String> query) {
    var all = new HashMap<>(query);
    all.put("access_token", token);
    return all;
  }
}
