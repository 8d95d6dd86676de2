package io.tokenwarden.auth.restore;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// After the database was put back, everybody is told what counts from now on.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class RestoreIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Connections connections;
  @Inject Vault vault;

  private final WorkspaceId workspace = WorkspaceId.of("restored-" + UUID.randomUUID());
  private final TopicReader topics = TopicReader.shared();

  @Test
  void everythingLeapsAheadOnceAndIsAnnounced() throws Exception {
    // given
    var connected = Stream.generate(this::connected).limit(12).toList();
    var first = connected.getFirst();
    var token = token(first);
    var next = AccessToken.of(random());
    inTransaction(() -> vault.stage(first.tokenAddress().next(), next));
    snapshotOfAccess(first, "4200000000000001").then().statusCode(204);
    var before = revisionsOfAssets(first);

    // when
    restored().then().statusCode(200);
    var run = finished();

    // then
    assertThat(run.getLong("done")).isGreaterThanOrEqualTo(12);
    for (var connection : connected) {
      var now = again(connection);
      assertThat(now.generation()).isEqualTo(connection.generation() + 1_000_000);
      assertThat(now.revision()).isGreaterThan(1_000_000);
    }
    var after = again(first);
    var told = topics.await("token.health", first.connectionId().toString(), 2).getLast();
    assertThat(JSON.readTree(told.value()).get("revision").asLong()).isEqualTo(after.revision());
    assertThat(revisionsOfAssets(first))
        .allSatisfy(
            (asset, revision) -> assertThat(revision).isEqualTo(before.get(asset) + 1_000_000));
    var asset =
        topics.await("asset.health", first.connectionId() + "/4200000000000001", 2).getLast();
    assertThat(JSON.readTree(asset.value()).get("generation").asLong()).isEqualTo(1_000_001);

    // and the tokens are where their connections say
    assertThat(token(after)).isEqualTo(token);
    assertThat(inTransaction(() -> vault.open(after.tokenAddress().next())))
        .map(AccessToken::revealSecret)
        .contains(next.revealSecret());
    assertThat(inTransaction(() -> vault.open(first.tokenAddress()))).isEmpty();
  }

  /// Others may have heard of a block that we have forgotten, or of an end of one that we remember.
  @Test
  void ofEveryAppIsSaidHowItStands() throws Exception {
    // given
    var blocked = appId();
    var since = Instant.parse("2026-03-01T10:15:00Z");
    sql(
        """
        insert into auth.app_standing (app_id, workspace_id, revision, blocked_since, graph_error)
        values ('%s', '%s', 7, '%s', '{"code":200,"httpStatus":400}')
        """
            .formatted(blocked, workspace, since));
    var neverBlocked = appId();
    sql(
        """
        insert into auth.meta_app (app_id, workspace_id, registered_by, registered_at, secret_set_at)
        values ('%s', '%s', 'ann', now(), now())
        """
            .formatted(neverBlocked, workspace));

    // when
    restored().then().statusCode(200);

    // then
    var stillBlocked = JSON.readTree(topics.await("app.blocked", blocked, 1).getFirst().value());
    assertThat(stillBlocked.get("revision").asLong()).isEqualTo(1_000_007);
    assertThat(stillBlocked.get("workspaceId").asText()).isEqualTo(workspace.value());
    assertThat(stillBlocked.get("occurredAt").asText()).isEqualTo(since.toString());
    assertThat(stillBlocked.at("/graphError/code").asInt()).isEqualTo(200);
    var served = JSON.readTree(topics.await("app.restored", neverBlocked, 1).getFirst().value());
    assertThat(served.get("revision").asLong()).isEqualTo(1_000_000);
    assertThat(served.get("workspaceId").asText()).isEqualTo(workspace.value());
    var managed = topics.await("app.restored", MetaTwin.APP_ID, 1).getLast();
    assertThat(managed.header("ce_workspaceid")).contains("*");
    finished();
  }

  private static String appId() {
    return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
  }

  /// A batch that fails half-way is made again as a whole.
  @Test
  void whatIsInterruptedGoesOnAndLeapsNobodyTwice() throws SQLException {
    // given
    var connected = Stream.generate(this::connected).limit(3).toList();
    sql("alter table auth.connection_journal rename to journal_away");

    // when
    try {
      restored().then().statusCode(200);
      restored().then().statusCode(409).body("code", equalTo("RESTORE_UNDER_WAY"));
    } finally {
      sql("alter table auth.journal_away rename to connection_journal");
    }
    finished();

    // then
    assertThat(connected)
        .allSatisfy(connection ->
            assertThat(again(connection).generation())
                .isEqualTo(connection.generation() + 1_000_000));
  }

  @Test
  void aConnectionWhoseTokensDoNotOpenIsSkippedAndNamedAndHoldsUpNoOther() {
    // given
    var before = connected();
    var spoilt = connected(WorkspaceId.of("restored-later-" + UUID.randomUUID()));
    var after = connected();
    var token = token(spoilt);
    Traces.spoilKey(spoilt.workspace());

    // when
    restored().then().statusCode(200);
    var run = finished();

    // then
    assertThat(run.getLong("skipped")).isPositive();
    assertThat(run.getLong("done") + run.getLong("skipped")).isEqualTo(run.getLong("total"));
    assertThat(run.getList("skippedConnections"))
        .contains(
            Map.of(
                "connectionId",
                spoilt.connectionId().toString(),
                "workspaceId",
                spoilt.workspace().value(),
                "failure",
                "VAULT_KEY_REFUSED"));
    assertThat(again(before).generation()).isEqualTo(1_000_001);
    assertThat(again(after).generation()).isEqualTo(1_000_001);
    assertThat(again(spoilt).generation()).isEqualTo(spoilt.generation());
    assertThat(again(spoilt).revision()).isEqualTo(spoilt.revision());
    Traces.events("token.health", after.connectionId().toString(), 2);
    assertThat(Traces.eventsNow("token.health", spoilt.connectionId().toString())).hasSize(1);
    assertThat(Traces.audit(spoilt.connectionId().toString())).containsOnlyOnce("restore.skipped");

    // and when
    Traces.spoilKey(spoilt.workspace());
    restored().then().statusCode(200);
    var next = finished();

    // then
    assertThat(next.getList("skippedConnections.connectionId"))
        .doesNotContain(spoilt.connectionId().toString());
    assertThat(again(spoilt).generation()).isEqualTo(spoilt.generation() + 1_000_000);
    assertThat(token(again(spoilt))).isEqualTo(token);
  }

  /// Of two tokens the later opens and the earlier does not: neither moves.
  @Test
  void aConnectionIsSkippedWhole() {
    // given
    var connection = connected();
    inTransaction(() -> vault.stage(connection.tokenAddress().next(), AccessToken.of(random())));
    spoilToken(connection);

    // when
    restored().then().statusCode(200);
    var run = finished();

    // then
    assertThat(run.getList("skippedConnections"))
        .contains(
            Map.of(
                "connectionId",
                connection.connectionId().toString(),
                "workspaceId",
                workspace.value(),
                "failure",
                "VAULT"));
    assertThat(Traces.generationsKept(connection.connectionId().toString()))
        .containsExactly(1L, 2L);
    assertThat(again(connection).generation()).isEqualTo(1);
    spoilToken(connection);
  }

  /// Spoils the token of the first generation as it is kept; the second time, mends it.
  private static void spoilToken(Connection connection) {
    Traces.change(
        "update auth.access_token set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 255)"
            + " where connection_id = ? and generation = 1",
        connection.connectionId().value());
  }

  @Test
  void onlyWhoAnswersForAllWorkspacesMayAsk() {
    for (var role : List.of("viewer", "operator", "service")) {
      given()
          .auth()
          .oauth2(SharedParts.bearers().of("ann", List.of(role), List.of("*")))
          .post("/auth/restored")
          .then()
          .statusCode(403);
    }
    given()
        .auth()
        .oauth2(SharedParts.bearers().of("ann", List.of("security-admin"), List.of("demo")))
        .post("/auth/restored")
        .then()
        .statusCode(403);
    given().post("/auth/restored").then().statusCode(401);
  }

  private static Response restored() {
    return given().auth().oauth2(operator()).post("/auth/restored");
  }

  private static String operator() {
    return SharedParts.bearers().of("sec", List.of("security-admin"), List.of("*"));
  }

  private static JsonPath finished() {
    return await()
        .atMost(SOON)
        .until(
            () ->
                given()
                    .auth()
                    .oauth2(operator())
                    .get("/auth/restored")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath(),
            run -> run.getString("finishedAt") != null);
  }

  private Connection connected() {
    return connected(workspace);
  }

  private Connection connected(WorkspaceId owner) {
    var metaUser = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
    return inTransaction(() -> connections.connect(owner, "ann", TestConnections.token(metaUser)));
  }

  private static String random() {
    return UUID.randomUUID().toString();
  }

  private Connection again(Connection connection) {
    return inTransaction(() -> connections.find(connection.connectionId()));
  }

  private String token(Connection connection) {
    return inTransaction(() -> vault.open(connection.tokenAddress())).orElseThrow().revealSecret();
  }

  private static Response snapshotOfAccess(Connection connection, String account) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("token-refresher"))
        .contentType("application/json")
        .body(
            Map.of(
                "generation",
                connection.generation(),
                "complete",
                true,
                "permissions",
                List.of(),
                "adAccounts",
                List.of(Map.of("id", account, "name", "Account", "timezone", "Europe/Rome"))))
        .put("/auth/internal/connections/" + connection.connectionId() + "/access");
  }

  private static Map<String, Long> revisionsOfAssets(Connection connection) throws SQLException {
    try (var superuser = SharedParts.postgres().connect("tokenwarden");
        var statement =
            superuser.prepareStatement(
                "select asset_id, revision from auth.asset where connection_id = ?")) {
      statement.setObject(1, connection.connectionId().value());
      var rows = statement.executeQuery();
      var revisions = new HashMap<String, Long>();
      while (rows.next()) {
        revisions.put(rows.getString(1), rows.getLong(2));
      }
      return revisions;
    }
  }

  private static void sql(String statement) throws SQLException {
    try (var superuser = SharedParts.postgres().connect("tokenwarden");
        var changes = superuser.createStatement()) {
      changes.execute(statement);
    }
  }

  private static <T> T inTransaction(Supplier<Uni<T>> work) {
    return Transactions.inTransaction(work);
  }
}
