package io.tokenwarden.auth.ending;

import static io.tokenwarden.auth.Acts.lease;
import static io.tokenwarden.auth.Acts.look;
import static io.tokenwarden.auth.Acts.order;
import static io.tokenwarden.auth.Acts.own;
import static io.tokenwarden.auth.Acts.paste;
import static io.tokenwarden.auth.Traces.audit;
import static io.tokenwarden.auth.Traces.events;
import static io.tokenwarden.auth.Traces.eventsNow;
import static io.tokenwarden.auth.Traces.generationsKept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.Acts;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.App;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.MetaTwin.Token;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How connections end, on a real database and broker, with the twin for Meta.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class EndsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Connections connections;
  @Inject Ends ends;
  @Inject Revocations revocations;

  private final MetaTwin twin = TwinParts.twin();

  @AfterEach
  void noFaultsAreLeft() {
    twin.clearFaults();
  }

  @Test
  void underTheManagedAppTheTokenIsShreddedAndThePersonIsToldWhatToDo() {
    // given
    var person = twin.person("Leaves the managed app", 1, 1);
    var token = twin.longLivedToken(person, "ads_read");
    var connection = paste(token);

    // when
    var answer = order(connection, "disconnect");

    // then
    answer
        .then()
        .statusCode(200)
        .body(
            "connection.health.lifecycle", equalTo("DISCONNECTED"),
            "connection.generation", equalTo(2),
            "tokenAtMeta", equalTo("LEFT_TO_THE_PERSON"),
            "advice", containsString("https://www.facebook.com/"));
    assertThat(generationsKept(connection)).isEmpty();
    var told = events("token.disconnected", connection, 1).getFirst();
    assertThat(told.get("revokedAtMeta").asBoolean()).isFalse();
    assertThat(told.get("archived").asBoolean()).isFalse();
    assertThat(told.get("generation").asLong()).isEqualTo(2);
    var health = events("token.health", connection, 2).getLast().get("health");
    assertThat(health.get("lifecycle").asText()).isEqualTo("DISCONNECTED");
    assertThat(health.get("capabilities")).allMatch(able -> !able.asBoolean());
    assertThat(twin.livingTokens(person)).contains(token.label());
    lease(connection).then().statusCode(409);
    assertThat(audit(connection)).contains("connection.disconnected");
  }

  @Test
  void underAnAppOfTheWorkspaceTheTokenIsRevokedAtMeta() {
    // given
    var app = ownApp();
    var person = twin.person("Leaves an own app", 1, 1);
    var token = twin.token(person, "long-lived", false, app.id(), "ads_read");
    var connection = paste(token, app.id());

    // when
    order(connection, "disconnect")
        .then()
        .statusCode(200)
        .body("tokenAtMeta", equalTo("REVOKING"), "advice", nullValue());

    // then
    var told = events("token.disconnected", connection, 1).getFirst();
    assertThat(told.get("revokedAtMeta").asBoolean()).isTrue();
    assertThat(isAlive(token)).isFalse();
    assertThat(generationsKept(connection)).isEmpty();
    assertThat(audit(connection)).contains("token.revocation-settled");
  }

  @Test
  void ofASystemUserThisTokenAloneIsRevoked() {
    // given
    var app = ownApp();
    var user = twin.systemUser(twin.person("Runs a business", 1, 1), "Robot");
    var token = twin.token(user, "system-user", false, app.id(), "ads_read");
    var another = twin.token(user, "system-user", false, app.id(), "ads_read");
    var connection = paste(token, app.id());

    // when
    order(connection, "disconnect").then().statusCode(200);

    // then
    events("token.disconnected", connection, 1);
    assertThat(isAlive(token)).isFalse();
    assertThat(isAlive(another)).isTrue();
  }

  @Test
  void aRevocationWaitsForMetaAndTheTokenIsKeptForItAlone() {
    // given
    var app = ownApp();
    var person = twin.person("Leaves during an outage", 1, 1);
    var token = twin.token(person, "long-lived", false, app.id(), "ads_read");
    var connection = paste(token, app.id());
    var outage = twin.badDay("outage", ".*/me/permissions");

    // when
    order(connection, "disconnect").then().statusCode(200);

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(attempts(connection)).isGreaterThanOrEqualTo(1));
    assertThat(eventsNow("token.disconnected", connection)).isEmpty();
    assertThat(events("token.health", connection, 2).getLast().at("/health/lifecycle").asText())
        .isEqualTo("DISCONNECTED");
    assertThat(generationsKept(connection)).containsExactly(1L);
    lease(connection).then().statusCode(409);

    // and when
    twin.clearFault(outage);

    // then
    var told = events("token.disconnected", connection, 1).getFirst();
    assertThat(told.get("revokedAtMeta").asBoolean()).isTrue();
    assertThat(generationsKept(connection)).isEmpty();
  }

  @Test
  void whenMetaDoesNotAnswerForAnHourItIsSaidThatTheTokenMayLive() {
    // given
    var app = ownApp();
    var person = twin.person("Leaves during a long outage", 1, 1);
    var token = twin.token(person, "long-lived", false, app.id(), "ads_read");
    var connection = paste(token, app.id());
    twin.badDay("outage", ".*/me/permissions");
    order(connection, "disconnect").then().statusCode(200);

    // when
    Traces.change(
        "update auth.revocation set ordered_at = ordered_at - interval '1 hour'"
            + " where connection_id = ?::uuid",
        connection);

    // then
    var told = events("token.disconnected", connection, 1).getFirst();
    assertThat(told.get("revokedAtMeta").asBoolean()).isFalse();
    assertThat(isAlive(token)).isTrue();
    assertThat(generationsKept(connection)).isEmpty();
  }

  @Test
  void aTokenThatCannotBeOpenedIsRevokedLaterAndHoldsUpNoOther() {
    // given
    var spoilt = connected("revoked-later");
    var other = connected("revoked-at-once");
    Traces.spoilKey(spoilt.workspace());

    // when
    orderRevocation(spoilt);
    orderRevocation(other);

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(revocation(other).get("outcome")).isEqualTo("REVOKED"));
    var revocation = postponed(spoilt, 2);
    assertThat(Traces.between(revocation, "ordered_at", "due_at"))
        .isGreaterThanOrEqualTo(Traces.sum(Revocation::pause, (int) revocation.get("attempts")));
    assertThat(revocation(spoilt).get("outcome")).isNull();
    assertThat(generationsKept(spoilt.connectionId().toString())).containsExactly(1L);

    // and when
    Traces.spoilKey(spoilt.workspace());
    Traces.change(
        "update auth.revocation set due_at = now() where connection_id = ?",
        spoilt.connectionId().value());

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(revocation(spoilt).get("outcome")).isEqualTo("REVOKED"));
    assertThat(generationsKept(spoilt.connectionId().toString())).isEmpty();
  }

  @Test
  void aTokenThatCannotBeOpenedForAnHourIsShreddedAllTheSame() {
    // given
    var spoilt = connected("never-revoked");
    Traces.spoilKey(spoilt.workspace());
    orderRevocation(spoilt);
    postponed(spoilt, 1);

    // when
    Traces.change(
        "update auth.revocation set ordered_at = ordered_at - interval '1 hour', due_at = now()"
            + " where connection_id = ?",
        spoilt.connectionId().value());

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(revocation(spoilt).get("outcome")).isEqualTo("NOT_REVOKED"));
    assertThat(generationsKept(spoilt.connectionId().toString())).isEmpty();
    Traces.spoilKey(spoilt.workspace());
  }

  private Connection connected(String workspace) {
    var person = twin.person("In " + workspace, 1, 1);
    var token = AccessToken.of(twin.longLivedToken(person, "ads_read").value());
    return Transactions.inTransaction(() ->
        connections.connect(
            WorkspaceId.of(workspace), "ann", TestConnections.token(person.id(), token)));
  }

  private void orderRevocation(Connection connection) {
    Transactions.inTransaction(() -> revocations.orderFor(connection, 1));
  }

  /// After so many attempts or more.
  private static Map<String, Object> postponed(Connection connection, int attempts) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> revocation(connection),
            revocation ->
                (int) revocation.get("attempts") >= attempts
                    && revocation.get("leased_until") == null);
  }

  private static Map<String, Object> revocation(Connection connection) {
    return Traces.rows(
            "select * from auth.revocation where connection_id = ?",
            connection.connectionId().value())
        .getFirst();
  }

  @Test
  void whoReconnectsBeforeTheTokenIsRevokedKeepsTheNewOne() {
    // given
    var app = ownApp();
    var person = twin.person("Comes right back", 1, 1);
    var token = twin.token(person, "long-lived", false, app.id(), "ads_read");
    var connection = paste(token, app.id());
    var outage = twin.badDay("outage", ".*/me/permissions");
    order(connection, "disconnect").then().statusCode(200);

    // when
    var next = twin.token(person, "long-lived", false, app.id(), "ads_read");
    assertThat(paste(next, app.id())).isEqualTo(connection);
    twin.clearFault(outage);

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    Traces.rows(
                        "select outcome from auth.revocation where connection_id = ?::uuid",
                        connection))
                .extracting(row -> row.get("outcome"))
                .containsExactly("OVERTAKEN"));
    assertThat(isAlive(next)).isTrue();
    assertThat(generationsKept(connection)).containsExactly(3L);
    assertThat(eventsNow("token.disconnected", connection)).isEmpty();
    lease(connection).then().statusCode(200).body("generation", equalTo(3));
  }

  @Test
  void aSecondDisconnectChangesNothing() {
    // given
    var connection = pasted("Leaves twice");
    order(connection, "disconnect").then().statusCode(200);
    var revision = look(connection).<Integer>path("revision");

    // when
    var again = order(connection, "disconnect");

    // then
    again
        .then()
        .statusCode(200)
        .body(
            "connection.revision", equalTo(revision),
            "tokenAtMeta", equalTo("LEFT_TO_THE_PERSON"));
    assertThat(audit(connection)).containsOnlyOnce("connection.disconnected");
  }

  @Test
  void aDisconnectedConnectionIsArchivedAndComesBackByAReconnect() {
    // given
    var person = twin.person("Put away", 1, 1);
    var connection = paste(twin.longLivedToken(person, "ads_read"));
    order(connection, "disconnect").then().statusCode(200);

    // when
    order(connection, "archive").then().statusCode(200);
    order(connection, "archive").then().statusCode(200);

    // then
    look(connection).then().body("health.lifecycle", equalTo("ARCHIVED"), "generation", equalTo(3));
    var told = events("token.disconnected", connection, 2);
    assertThat(told)
        .extracting(event -> event.get("archived").asBoolean())
        .containsExactly(false, true);
    assertThat(audit(connection)).containsOnlyOnce("connection.archived");

    // and when
    assertThat(paste(twin.longLivedToken(person, "ads_read"))).isEqualTo(connection);

    // then
    look(connection)
        .then()
        .body("health.lifecycle", equalTo("CONNECTED"), "generation", equalTo(4));
    lease(connection).then().statusCode(200);
  }

  @Test
  void archivingAConnectionInUseEndsIt() {
    // given
    var connection = pasted("Put away at once");

    // when
    order(connection, "archive").then().statusCode(200);

    // then
    assertThat(generationsKept(connection)).isEmpty();
    var told = events("token.disconnected", connection, 1).getFirst();
    assertThat(told.get("archived").asBoolean()).isTrue();
  }

  @Test
  void whoRemovedTheAppAtMetaNeedsNoRevocation() {
    // given
    var connection = pasted("Removed the app");

    // when
    inTransaction(connection, ends::deauthorized);
    inTransaction(connection, ends::deauthorized);

    // then
    var told = events("token.disconnected", connection, 1).getFirst();
    assertThat(told.get("revokedAtMeta").asBoolean()).isTrue();
    look(connection).then().body("health.lifecycle", equalTo("DISCONNECTED"));
    assertThat(generationsKept(connection)).isEmpty();
    assertThat(audit(connection)).containsOnlyOnce("connection.disconnected");
  }

  @Test
  void whoHadTheirDataDeletedIsPutAway() {
    // given
    var connection = pasted("Wants to be forgotten");

    // when
    inTransaction(connection, ends::dataDeleted);

    // then
    look(connection).then().body("health.lifecycle", equalTo("ARCHIVED"));
    var told = events("token.disconnected", connection, 1).getFirst();
    assertThat(told.get("revokedAtMeta").asBoolean()).isTrue();
    assertThat(told.get("archived").asBoolean()).isTrue();
  }

  @Test
  void strangersEndNothing() {
    var connection = pasted("Stays");
    for (var deed : List.of("disconnect", "archive")) {
      var path = "/auth/connections/" + connection + "/" + deed;
      Acts.stranger().post(path).then().statusCode(404);
      Acts.as("viewer").post(path).then().statusCode(403);
      order("rubbish", deed).then().statusCode(404);
      order(UUID.randomUUID().toString(), deed).then().statusCode(404);
    }
    look(connection).then().body("health.lifecycle", equalTo("CONNECTED"));
  }

  private void inTransaction(String connection, BiFunction<Connection, String, Uni<Void>> end) {
    Transactions.inTransaction(() ->
        connections.lock(ConnectionId.of(connection)).chain(found -> end.apply(found, "meta")));
  }

  private String pasted(String name) {
    return paste(twin.longLivedToken(person(name), "ads_read"));
  }

  private Person person(String name) {
    return twin.person(name, 1, 1);
  }

  private App ownApp() {
    var app = twin.app("Own app");
    own(app);
    return app;
  }

  private boolean isAlive(Token token) {
    return StreamSupport.stream(twin.tokens().spliterator(), false)
        .filter(each -> each.get("label").asText().equals(token.label()))
        .allMatch(each -> each.get("alive").asBoolean());
  }

  private static int attempts(String connection) {
    var rows =
        Traces.rows(
            "select attempts from auth.revocation where connection_id = ?::uuid", connection);
    return rows.isEmpty() ? 0 : (int) rows.getFirst().get("attempts");
  }
}
