package io.tokenwarden.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.sync.FakeGateway.Call;
import io.tokenwarden.sync.FakeGateway.FakeAccount;
import io.tokenwarden.sync.FakeGateway.Refusal;
import io.tokenwarden.testsupport.MutableClock;
import io.tokenwarden.testsupport.RealParts;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From auth-service's announcements to rows, coverage and announcements of our own.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "sync-worker"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeGateway.class)
class SyncStoryIT {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final List<String> LEVELS = List.of("account", "campaign", "ad");

  @Inject MutableClock clock;
  FakeGateway gateway;

  private final Stage stage = new Stage();
  private FakeAccount there;

  @BeforeEach
  void known() {
    there = gateway.account(stage.account);
  }

  @Test
  void readsEveryDayOfANewAccountAtEveryLevel() {
    // given
    var quiet = today().minusDays(3);
    there.quiet.add(quiet);

    // when
    connect();

    // then
    awaitSynced();
    for (var level : LEVELS) {
      var days = stage.coverage(level).path("days");
      assertThat(days).hasSize(91);
      assertThat(texts(days, "state")).doesNotContain("missing");
      assertThat(days.get(0).path("state").asText()).isEqualTo("final");
      assertThat(days.get(90).path("state").asText()).isEqualTo("provisional");
      assertThat(days.get(90).path("generation").asLong()).isEqualTo(1);
    }
    var quietDay = stage.coverage("campaign").path("days").get(87);
    assertThat(quietDay.path("date").asText()).isEqualTo(quiet.toString());
    assertThat(quietDay.path("rows").asInt()).isZero();
    assertThat(quietDay.path("spend").asText()).isEqualTo("0");
    var account = stage.insights("account", "");
    assertThat(account.path("items")).hasSize(90);
    assertThat(account.path("dataFreshUntil").asText()).isEqualTo(clock.instant().toString());
    var row = account.path("items").get(89);
    assertThat(row.path("date").asText()).isEqualTo(today().toString());
    assertThat(row.path("entityId").asText()).isEqualTo(stage.account.digits());
    assertThat(row.path("entityName").asText()).isEqualTo("Näme \"" + stage.account + "\"");
    assertThat(row.path("spend").asText()).isEqualTo("2.50");
    assertThat(row.path("impressions").asLong()).isEqualTo(1000);
    assertThat(row.at("/metrics/reach").asText()).isEqualTo("900");
    assertThat(stage.insights("campaign", "").path("items")).hasSize(180);
    assertThat(there.calls).extracting(Call::connection).containsOnly(stage.connection.toString());
    eventually(() ->
        assertThat(stage.announced("insights.synced"))
            .hasSize(4 * LEVELS.size())
            .allMatch(synced -> synced.path("rows").asInt() > 0));
  }

  @Test
  void blocksWithItsCauseAndClosesTheGapAtOnceAfterAReconnect() {
    // given
    connect();
    awaitSynced();
    var blockedOn = today();
    there.dead = true;

    // when
    stage.force(202);

    // then
    eventually(() -> {
      assertThat(stage.schedule().at("/state").asText()).isEqualTo("RUNNING");
      assertThat(stage.schedule().at("/causes/0/condition").asText()).isEqualTo("VERIFYING");
    });
    assertThat(stage.announced("schedule.blocked")).isEmpty();

    // when
    stage.isExpired(1, 2);

    // then
    eventually(() -> assertThat(stage.announced("schedule.blocked")).hasSize(1));
    var blocked = stage.announced("schedule.blocked").getFirst();
    assertThat(blocked.at("/causes/0/condition").asText()).isEqualTo("AUTH_EXPIRED");
    assertThat(blocked.at("/causes/0/reason").asText()).isEqualTo("PASSWORD_CHANGED");
    assertThat(blocked.at("/causes/0/remedy").asText()).isEqualTo("reconnect");
    assertThat(blocked.path("syncedThrough").asText()).isEqualTo(blockedOn.toString());
    var view = stage.schedule();
    assertThat(view.path("state").asText()).isEqualTo("BLOCKED");
    assertThat(view.at("/causes/0/condition").asText()).isEqualTo("AUTH_EXPIRED");
    assertThat(view.path("viaConnectionId").isNull()).isTrue();
    var refused = stage.force(409);
    assertThat(refused.path("code").asText()).isEqualTo("SCHEDULE_BLOCKED");
    assertThat(refused.path("remedy").asText()).isEqualTo("reconnect");
    assertThat(refused.at("/causes/0/reason").asText()).isEqualTo("PASSWORD_CHANGED");

    // when
    int callsWhenBlocked = there.calls.size();
    clock.advance(Duration.ofDays(3));
    there.dead = false;
    there.generation = 2;
    there.spend = "1.50";
    stage.isActive(2, 3);

    // then
    eventually(() -> assertThat(stage.announced("schedule.resumed")).hasSize(1));
    var resumed = stage.announced("schedule.resumed").getFirst();
    assertThat(resumed.path("gapFrom").asText()).isEqualTo(blockedOn.toString());
    assertThat(resumed.path("gapTo").asText()).isEqualTo(today().toString());
    assertThat(resumed.path("viaConnectionId").asText()).isEqualTo(stage.connection.toString());
    eventually(() ->
        assertThat(stage.schedule().path("syncedThrough").asText()).isEqualTo(today().toString()));
    for (var level : LEVELS) {
      var days = stage.coverage(level).path("days");
      assertThat(texts(days, "state")).doesNotContain("missing").hasSize(94);
      assertThat(days.get(93).path("generation").asLong()).isEqualTo(2);
    }
    assertThat(stage.schedule().path("state").asText()).isEqualTo("RUNNING");
    assertThat(there.calls.size()).isGreaterThan(callsWhenBlocked);
    assertThat(spendOn(blockedOn)).isEqualTo("3.00");
  }

  @Test
  void runsAgainAsSoonAsADoubtProvesUnfounded() {
    // given
    connect();
    awaitSynced();
    there.refusals.add(new Refusal(400, "TOKEN_EXPIRED", null));
    stage.force(202);
    eventually(() ->
        assertThat(stage.schedule().at("/causes/0/condition").asText()).isEqualTo("VERIFYING"));
    int calls = there.calls.size();

    // when
    clock.advance(Duration.ofSeconds(40));

    // then
    await().during(Duration.ofSeconds(2)).until(() -> there.calls.size() == calls);

    // when
    stage.isActive(1, 2);

    // then
    eventually(() -> {
      assertThat(there.calls.size()).isGreaterThan(calls);
      assertThat(stage.schedule().path("causes")).isEmpty();
      assertThat(stage.schedule().path("lastFailure").isNull()).isTrue();
    });
    assertThat(stage.announced("schedule.blocked")).isEmpty();
  }

  @Test
  void runsAgainAtOnceWhenMetaServesItsAppAgain() {
    // given
    connect();
    awaitSynced();
    there.refusals.add(new Refusal(400, "BLOCKED", null));
    stage.force(202);
    eventually(() -> assertThat(there.refusals).isEmpty());
    eventually(() ->
        assertThat(Instant.parse(stage.schedule().path("nextRunAt").asText()))
            .isAfter(clock.instant()));
    assertThat(stage.schedule().path("state").asText()).isEqualTo("RUNNING");
    int refused = there.calls.size();

    // when
    stage.metaServesTheAppAgain(2);

    // then
    eventually(() -> assertThat(there.calls).hasSizeGreaterThan(refused));
    awaitSynced();
  }

  @Test
  void aScheduleOfAConnectionThatIsEndedIsBlockedUntilItIsReconnected() {
    // given
    connect();
    awaitSynced();

    // when
    stage.announce(
        States.state(
            stage.workspace,
            stage.connection,
            2,
            5,
            States.health(TokenStatus.ACTIVE, Lifecycle.ARCHIVED, false)));

    // then
    eventually(() -> assertThat(stage.schedule().path("state").asText()).isEqualTo("BLOCKED"));
    assertThat(stage.schedule().at("/causes/0/condition").asText()).isEqualTo("RECONNECT_REQUIRED");

    // and when
    stage.isActive(3, 6);

    // then
    eventually(() -> assertThat(stage.schedule().path("state").asText()).isEqualTo("RUNNING"));
  }

  @Test
  void aScheduleOfALostAccountIsBlockedUntilItIsAssignedAgain() {
    // given
    connect();
    awaitSynced();

    // when
    stage.announce(
        States.adAccount(
            stage.workspace, stage.connection, stage.account, 5, false, "Europe/Berlin"));

    // then
    eventually(() -> assertThat(stage.schedule().path("state").asText()).isEqualTo("BLOCKED"));
    assertThat(stage.schedule().path("causes")).hasSize(1);
    assertThat(stage.schedule().at("/causes/0/condition").asText())
        .isEqualTo("AD_ACCOUNT_UNAVAILABLE");
    assertThat(stage.schedule().at("/causes/0/remedy").asText()).isEqualTo("assign_asset");

    // and when
    stage.hasTheAccount(6);

    // then
    eventually(() -> assertThat(stage.schedule().path("state").asText()).isEqualTo("RUNNING"));
  }

  @Test
  void waitsAsLongAsTheGatewaySaysAndGoesOnWhereItStopped() {
    // given
    there.refusals.add(new Refusal(429, "RATE_LIMITED", "120"));

    // when
    connect();

    // then
    eventually(() -> {
      var schedule = stage.schedule();
      assertThat(schedule.path("lastFailure").asText()).isEqualTo("RATE_LIMITED");
      assertThat(schedule.path("nextRunAt").asText())
          .isGreaterThanOrEqualTo(clock.instant().plusSeconds(120).toString());
    });

    // when
    clock.advance(Duration.ofSeconds(121));

    // then
    awaitSynced();
  }

  @Test
  void beginsNoRunBeforeTheHoldOfItsQuotaIsOver() {
    // given
    connect();
    awaitSynced();
    var until = clock.instant().plus(Duration.ofMinutes(30));
    var muchLater = clock.instant().plus(Duration.ofHours(3));
    int read = there.calls.size();

    // when
    stage.quotaIsUsedUp("account:%s:" + stage.account + ":ads_management", muchLater);
    stage.quotaIsUsedUp("account:%s:12345:ads_insights", muchLater);
    stage.quotaIsUsedUp("of tomorrow:%s", muchLater);
    stage.quotaIsUsedUp("account:%s:" + stage.account + ":ads_insights", until);

    // then
    eventually(() -> assertThat(nextRunAt()).isBetween(until, until.plusSeconds(10)));

    // and when
    clock.advance(Duration.ofMinutes(20));

    // then
    await().during(Duration.ofMillis(500)).until(() -> there.calls.size() == read);
    assertThat(nextRunAt()).isBefore(muchLater);

    // and when
    clock.advance(Duration.ofMinutes(11));

    // then
    eventually(() -> assertThat(there.calls).hasSizeGreaterThan(read));
  }

  private Instant nextRunAt() {
    return Instant.parse(stage.schedule().path("nextRunAt").asText());
  }

  @Test
  void readsTodayAndYesterdayAgainEveryQuarterOfAnHourAndReplacesTheirRows() {
    // given
    connect();
    awaitSynced();
    var before = spendOn(today().minusDays(2));
    there.calls.clear();
    there.spend = "2.00";
    there.quiet.add(today());

    // when
    clock.advance(Duration.ofMinutes(15));

    // then
    eventually(() -> assertThat(spendOn(today().minusDays(1))).isEqualTo("4.00"));
    assertThat(before).isEqualTo("2.50");
    assertThat(spendOn(today().minusDays(2))).isEqualTo("2.50");
    assertThat(stage.insights("account", "&from=" + today() + "&to=" + today()).path("items"))
        .isEmpty();
    assertThat(there.calls).extracting(Call::since).containsOnly(today().minusDays(1).toString());
  }

  @Test
  void readsOnlyOnceHoweverManyWorkersWait() {
    // given
    connect();
    awaitSynced();
    there.gate = new CountDownLatch(1);
    there.calls.clear();

    // when
    stage.force(202);
    stage.force(202);
    eventually(() -> assertThat(there.calls).hasSize(1));

    // then
    await().during(Duration.ofSeconds(2)).until(() -> there.calls.size() == 1);

    // when
    clock.advance(Duration.ofSeconds(1));
    var forcedDuringTheRun = stage.force(202);
    there.gate.countDown();

    // then
    assertThat(forcedDuringTheRun.path("state").asText()).isEqualTo("RUNNING");
    eventually(
        () -> assertThat(there.calls.stream().filter(first("account")).count()).isEqualTo(2));
  }

  @Test
  void anotherConnectionTakesOverWithoutAWord() {
    // given
    connect();
    awaitSynced();
    var other = new Stage();
    other.announce(States.active(stage.workspace, other.connection, 1, 1));
    other.announce(States.adAccount(stage.workspace, other.connection, stage.account, 1));

    // when
    stage.isExpired(1, 2);

    // then
    eventually(() ->
        assertThat(stage.schedule().path("viaConnectionId").asText())
            .isEqualTo(other.connection.toString()));
    assertThat(stage.schedule().path("state").asText()).isEqualTo("RUNNING");
    assertThat(stage.announced("schedule.blocked")).isEmpty();
  }

  @Test
  void waitsForTheTimeZoneBeforeThereIsASchedule() {
    // given
    stage.isActive(1, 1);
    stage.announce(
        States.adAccount(stage.workspace, stage.connection, stage.account, 1, true, null));
    await().during(Duration.ofSeconds(2)).until(() -> stage.schedule().isMissingNode());

    // when
    stage.hasTheAccount(2);

    // then
    awaitSynced();
  }

  @Test
  void aPausedScheduleReadsNothingUntilItIsResumed() {
    // given
    connect();
    awaitSynced();
    stage.post("pause");
    assertThat(stage.schedule().path("state").asText()).isEqualTo("PAUSED");
    assertThat(stage.force(409).path("code").asText()).isEqualTo("SCHEDULE_PAUSED");
    int calls = there.calls.size();

    // when
    clock.advance(Duration.ofMinutes(16));

    // then
    await().during(Duration.ofSeconds(2)).until(() -> there.calls.size() == calls);

    // when
    stage.post("resume");

    // then
    eventually(() -> assertThat(there.calls.size()).isGreaterThan(calls));
  }

  @Test
  void pagesThroughSchedulesAndInsights() {
    // given
    connect();
    awaitSynced();

    // when
    var first = stage.insights("campaign", "&limit=100");
    var second = stage.insights("campaign", "&limit=100&after=" + first.path("next").asText());

    // then
    assertThat(first.path("items")).hasSize(100);
    assertThat(second.path("items")).hasSize(82);
    assertThat(second.path("next").isNull()).isTrue();
    stage
        .as("viewer")
        .get("/sync/schedules?workspace=" + stage.workspace + "&limit=1")
        .then()
        .statusCode(200)
        .body("items[0].adAccountId", equalTo(stage.account.digits()))
        .body("next", equalTo(stage.account.digits()));
  }

  @Test
  void saysClearlyWhatItCannotUnderstand() {
    // given
    connect();
    eventually(() -> assertThat(stage.schedule().isMissingNode()).isFalse());
    var of = "/sync/insights/act_" + stage.account + "?workspace=" + stage.workspace;

    // then
    refused("/sync/schedules", "workspace");
    refused("/sync/schedules/abc?workspace=" + stage.workspace, "digits");
    refused(of + "&level=adset", "account, campaign or ad");
    refused(of + "&from=yesterday", "from");
    refused(of + "&from=2026-11-20&to=2026-11-01", "after");
    refused(of + "&from=1999-11-20", "days");
    refused(of + "&limit=0", "limit");
  }

  private void refused(String address, String detail) {
    stage
        .as("viewer")
        .get(address)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("BAD_REQUEST"))
        .body("detail", containsString(detail));
  }

  @Test
  void aForeignWorkspaceIsNotFoundAndAViewerChangesNothing() {
    // given
    connect();
    eventually(() -> assertThat(stage.schedule().isMissingNode()).isFalse());
    var stranger = new Stage();
    var address = "/sync/schedules/" + stage.account;

    // then
    stranger.as("operator").get(address + "?workspace=" + stage.workspace).then().statusCode(404);
    stranger
        .as("operator")
        .get(address + "?workspace=" + stranger.workspace)
        .then()
        .statusCode(404);
    stranger
        .as("operator")
        .post(address + "/force?workspace=" + stage.workspace)
        .then()
        .statusCode(404);
    stage.as("viewer").post(address + "/force?workspace=" + stage.workspace).then().statusCode(403);
    RestAssured.get(address + "?workspace=" + stage.workspace).then().statusCode(401);
    RestAssured.get("/q/health/ready").then().statusCode(200);
    RestAssured.get("/q/metrics").then().statusCode(200);
  }

  private void connect() {
    stage.isActive(1, 1);
    stage.hasTheAccount(1);
  }

  private void awaitSynced() {
    eventually(() -> {
      assertThat(stage.schedule().path("syncedThrough").asText()).isEqualTo(today().toString());
      assertThat(texts(stage.coverage("ad").path("days"), "state")).doesNotContain("missing");
      assertThat(stage.schedule().path("lastFailure").isNull()).isTrue();
    });
  }

  private String spendOn(LocalDate day) {
    var coverage = stage.coverage("account&from=" + day + "&to=" + day);
    return coverage.at("/days/0/spend").asText();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZONE);
  }

  private static java.util.function.Predicate<Call> first(String level) {
    return call ->
        call.level().equals(level) && Optional.ofNullable(call.query().get("after")).isEmpty();
  }

  private static List<String> texts(JsonNode items, String field) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }
}
