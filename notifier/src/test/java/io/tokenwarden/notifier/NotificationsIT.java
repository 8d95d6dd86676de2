package io.tokenwarden.notifier;

import static io.restassured.RestAssured.given;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.outbox.EventHandler;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TopicWriter;
import io.tokenwarden.testsupport.Transactions;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "notifier"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class NotificationsIT {
  private static final String RAISED = "notification.raised";

  @Inject EventHandler handler;

  private final String workspace = "ws-" + UUID.randomUUID();
  private final Facts facts = Facts.of(workspace);

  @Test
  void tellsOfOneCauseOnceHoweverManyFactsTellOfIt() {
    // when
    announce(
        facts.connected(1, false),
        facts.adAccount("331", "Shoes", 2),
        facts.adAccount("332", "Bags", 2),
        facts.expired(3),
        facts.health(3, facts.authExpired()),
        facts.expired(3),
        facts.blocked("331", 1),
        facts.blocked("332", 1));

    // then
    var told = awaitTold(1).getFirst();
    assertThat(told)
        .containsEntry("workspaceId", workspace)
        .containsEntry("connectionId", facts.connection().toString())
        .containsEntry("kind", "AUTH_EXPIRED")
        .containsEntry("severity", "CRITICAL")
        .containsEntry("state", "OPEN")
        .containsEntry("title", "Meta token expired — Reconnect the Meta profile")
        .containsEntry("remedy", "reconnect")
        .containsEntry("adAccounts", List.of("331", "332"))
        .containsEntry("link", "https://ads.example.com/#connection-" + facts.connection())
        .containsEntry("resolvedAt", null)
        .containsEntry("readAt", null);
    assertThat(told.get("message").toString()).contains("campaigns keep running on Meta");
    assertThat(announcedOf(told, 1)).allMatch(record -> record.text().contains("\"OPEN\""));
  }

  @Test
  void saysOnceThatItIsOverAfterAReconnect() {
    // given
    announce(facts.connected(1, false), facts.expired(2), facts.health(2, facts.authExpired()));
    var told = awaitTold(1).getFirst();

    // when
    announce(
        facts.connected(3, true),
        facts.health(3),
        facts.expired(2),
        facts.connected(3, true),
        facts.health(4));

    // then
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() ->
            assertThat(list(""))
                .singleElement()
                .satisfies(now -> {
                  assertThat(now.get("notificationId")).isEqualTo(told.get("notificationId"));
                  assertThat(now.get("state")).isEqualTo("RESOLVED");
                  assertThat(now.get("resolvedAt")).isNotNull();
                }));
    assertThat(announcedOf(told, 2))
        .extracting(record -> record.text().contains("\"RESOLVED\""))
        .containsExactly(false, true);
  }

  @Test
  void saysWithinHowManyDaysWhoMustAct() {
    // given
    var end = Instant.now().plus(ofDays(6)).plus(ofHours(12));
    var condition = facts.condition(ConditionKind.EXPIRING, null, "TOKEN", Remedy.RECONNECT, end);

    // when
    announce(facts.health(1, condition));

    // then
    var told = awaitTold(1).getFirst();
    assertThat(told)
        .containsEntry("kind", "EXPIRING")
        .containsEntry("title", "Meta access ends in 7 days")
        .containsEntry("remedy", "reconnect");
    assertThat(told.get("message").toString())
        .startsWith("The token of this Meta profile ends in 7 days, on ");
  }

  @Test
  void tellsTheOperatorsOnceThatMetaBlocksAnAppAndOnceThatItIsOver() {
    // given
    var app = Long.toString(ThreadLocalRandom.current().nextLong(1L << 50));

    // when
    announce(facts.appBlocked(app, 1), facts.appBlocked(app, 1), facts.health(1));

    // then
    await().atMost(ofSeconds(20)).untilAsserted(() -> assertThat(ofApp(app)).hasSize(1));
    assertThat(ofApp(app).getFirst())
        .containsEntry("kind", "APP_BLOCKED")
        .containsEntry("state", "OPEN")
        .containsEntry("severity", "CRITICAL")
        .containsEntry("title", "Meta blocks the app " + app)
        .containsEntry("connectionId", null)
        .containsEntry("remedy", "wait_or_resolve")
        .containsEntry("adAccounts", List.of());

    // and when
    announce(facts.appRestored(app, 2), facts.appBlocked(app, 1));

    // then
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() ->
            assertThat(ofApp(app))
                .singleElement()
                .satisfies(told -> assertThat(told).containsEntry("state", "RESOLVED")));
    assertThat(announcedOf(ofApp(app).getFirst(), 2))
        .allSatisfy(record -> assertThat(record.header("ce_workspaceid")).contains("*"));
    asViewer().get("/notify/notifications?workspace=*").then().statusCode(404);
    assertThat(list("")).isEmpty();
  }

  private static List<Map<String, Object>> ofApp(String app) {
    return as("viewer", "*")
        .get("/notify/notifications?workspace=*&limit=200")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .<Map<String, Object>>getList("items")
        .stream()
        .filter(item -> app.equals(item.get("subject")))
        .toList();
  }

  @Test
  void tellsOfAnAssetThatIsReachedThoughItWasNotShared() {
    // when
    announce(facts.health(1), facts.beyondGrant("331", 2), facts.beyondGrant("331", 3));

    // then
    assertThat(awaitTold(1).getFirst())
        .containsEntry("kind", "BOUNDARY")
        .containsEntry("severity", "WARNING")
        .containsEntry("subject", "331")
        .containsEntry("adAccounts", List.of("331"))
        .containsEntry("remedy", null);

    // and when
    announce(facts.adAccount("331", "Shoes", 4));

    // then
    awaitTold(0);
  }

  @Test
  void missesNothingWhenAConnectionAndItsAssetAreMergedAtOnce() {
    for (int i = 0; i < 20; i++) {
      // given
      var each = Facts.of(workspace + "-" + i);

      // when
      handleAtOnce(each.health(1), each.pixelLost("441", 2));

      // then
      assertThat(list(each.workspace().value(), ""))
          .singleElement()
          .satisfies(told -> assertThat(told.get("kind")).isEqualTo("PIXEL_UNAVAILABLE"));
    }
  }

  @Test
  void showsAPageAtATime() {
    // given
    announce(
        facts.connected(1, false),
        facts.pixelLost("441", 2),
        facts.pixelLost("442", 2),
        facts.pixelLost("443", 2));
    var all = awaitTold(3);

    // when
    var first = asViewer().get("/notify/notifications?limit=2&workspace=" + workspace).jsonPath();
    var second =
        asViewer()
            .get(
                "/notify/notifications?limit=2&workspace="
                    + workspace
                    + "&after="
                    + first.getString("next"))
            .jsonPath();

    // then
    var seen = new ArrayList<Map<String, Object>>(first.getList("items"));
    seen.addAll(second.getList("items"));
    assertThat(seen).isEqualTo(all);
    assertThat(second.getString("next")).isNull();
  }

  @Test
  void notesWhoReadsAndShowsNothingToStrangers() {
    // given
    announce(facts.health(1, facts.authExpired()));
    var id = awaitTold(1).getFirst().get("notificationId");
    var path = "/notify/notifications/" + id + "/read";

    // when a stranger tries
    as("viewer", "elsewhere").post(path).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    as("viewer", "elsewhere")
        .get("/notify/notifications?workspace=" + workspace)
        .then()
        .statusCode(404);

    // then only who may see it has read it
    assertThat(list("").getFirst().get("readAt")).isNull();
    asViewer().post(path).then().statusCode(200);
    assertThat(list("").getFirst().get("readAt")).isNotNull();
  }

  @Test
  void answersWrongQuestionsWithProblems() {
    asViewer().get("/notify/notifications").then().statusCode(400);
    asViewer()
        .get("/notify/notifications?state=CLOSED&workspace=" + workspace)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    asViewer().post("/notify/notifications/" + UUID.randomUUID() + "/read").then().statusCode(404);
    asViewer().post("/notify/notifications/none/read").then().statusCode(404);
    given().get("/notify/notifications?workspace=" + workspace).then().statusCode(401);
    as("service", workspace)
        .get("/notify/notifications?workspace=" + workspace)
        .then()
        .statusCode(403);
  }

  private void announce(Event... events) {
    try (var writer = TopicWriter.shared()) {
      Announced.on(writer, events);
    }
  }

  private List<Map<String, Object>> awaitTold(int count) {
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() -> assertThat(list("&state=OPEN")).hasSize(count));
    return list("&state=OPEN");
  }

  private List<Map<String, Object>> list(String more) {
    return list(workspace, more);
  }

  private List<Map<String, Object>> list(String ofWorkspace, String more) {
    return as("viewer", ofWorkspace)
        .get("/notify/notifications?workspace=" + ofWorkspace + more)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items");
  }

  /// All that was announced of a notification once at least `count` were.
  private static List<ReceivedRecord> announcedOf(Map<String, Object> notification, int count) {
    var key = notification.get("notificationId").toString();
    TopicReader.shared().await(RAISED, key, count);
    var all = TopicReader.shared().all(RAISED, key);
    assertThat(all).hasSize(count);
    return all;
  }

  private RequestSpecification asViewer() {
    return as("viewer", workspace);
  }

  private static RequestSpecification as(String role, String workspace) {
    var bearer = SharedParts.bearers().of("someone", List.of(role), List.of(workspace));
    return given().auth().oauth2(bearer);
  }

  private void handle(Event event) {
    var meta = EventMeta.now(event.topic().producer(), Clock.systemUTC(), Optional.empty());
    Transactions.inTransaction(() -> handler.handle(meta, event));
  }

  private void handleAtOnce(Event first, Event second) {
    var other = new Thread(() -> handle(second));
    other.start();
    handle(first);
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
