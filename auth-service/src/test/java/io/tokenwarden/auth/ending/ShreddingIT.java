package io.tokenwarden.auth.ending;

import static io.restassured.RestAssured.given;
import static io.tokenwarden.auth.Acts.lease;
import static io.tokenwarden.auth.Traces.audit;
import static io.tokenwarden.auth.Traces.events;
import static io.tokenwarden.auth.Traces.generationsKept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tokenwarden.auth.Acts;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.auth.connection.ConnectedToken;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.TokenAddress;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.auth.vault.VaultException;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.MetaTwin.App;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A workspace is shredded, on a real database and broker.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class ShreddingIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject Connections connections;
  @Inject Vault vault;

  private final WorkspaceId workspace = WorkspaceId.of("shredded-" + UUID.randomUUID());

  @Test
  void nothingOpensAnyMoreAndNothingRunsOn() {
    // given
    var one = connected(workspace);
    var two = connected(workspace);
    var spared = connected(WorkspaceId.of("spared-" + UUID.randomUUID()));
    lease(id(one)).then().statusCode(200);

    // when
    var answer = shred(workspace.value());

    // then
    answer
        .then()
        .statusCode(200)
        .body(
            "workspaceId", equalTo(workspace.value()),
            "keyDeleted", equalTo(true),
            "connectionsEnded", equalTo(2));
    for (var connection : List.of(one, two)) {
      assertThat(generationsKept(id(connection))).isEmpty();
      lease(id(connection)).then().statusCode(409);
      var told = events("token.disconnected", id(connection), 1).getFirst();
      assertThat(told.get("generation").asLong()).isEqualTo(2);
      assertThat(told.get("revokedAtMeta").asBoolean()).isFalse();
      assertThat(told.get("archived").asBoolean()).isFalse();
      var health = events("token.health", id(connection), 2).getLast().get("health");
      assertThat(health.get("lifecycle").asText()).isEqualTo("DISCONNECTED");
      assertThat(health.get("capabilities")).allMatch(able -> !able.asBoolean());
      assertThat(audit(id(connection))).containsOnlyOnce("connection.disconnected");
    }
    assertThat(auditOfWorkspace()).containsOnlyOnce("workspace.shredded");
    assertThat(opened(spared.tokenAddress())).isPresent();
    assertThat(again(spared).lifecycle()).isEqualTo(Lifecycle.CONNECTED);
  }

  @Test
  void aCopyOfItsTokensIsWorthNothing() {
    // given
    var kept = connected(workspace);
    var other = connected(workspace);
    var copy =
        (byte[])
            Traces.rows(
                    "select sealed from auth.access_token where connection_id = ?",
                    kept.connectionId().value())
                .getFirst()
                .get("sealed");

    // when
    shred(workspace.value()).then().statusCode(200);
    Traces.change(
        "insert into auth.access_token (connection_id, generation, sealed, created_at)"
            + " values (?, 1, ?, now())",
        kept.connectionId().value(),
        copy);

    // then
    assertThat(opened(kept.tokenAddress())).isEmpty();

    // and when the workspace gets a new key
    var token = TestConnections.token(other.metaUserId());
    var reconnected = connect(workspace, token);

    // then
    assertThat(reconnected.connectionId()).isEqualTo(other.connectionId());
    assertThat(opened(reconnected.tokenAddress())).contains(token.token().revealSecret());
    assertThatThrownBy(() -> opened(kept.tokenAddress())).isInstanceOf(VaultException.class);
  }

  @Test
  void theSecondTimeChangesNothing() {
    // given
    var connection = connected(workspace);
    shred(workspace.value()).then().statusCode(200);
    var revision = again(connection).revision();

    // when
    var answer = shred(workspace.value());

    // then
    answer
        .then()
        .statusCode(200)
        .body("keyDeleted", equalTo(false), "connectionsEnded", equalTo(0));
    assertThat(again(connection).revision()).isEqualTo(revision);
    assertThat(auditOfWorkspace()).containsOnlyOnce("workspace.shredded");
  }

  /// The way out where the operator's key is lost: nothing needs to be opened.
  @Test
  void aKeyThatNobodyCanUnwrapIsShreddedAllTheSame() {
    // given
    var app = TwinParts.twin().app("Own app of a workspace that is shredded");
    own(app);
    var connection =
        connect(
            workspace, TestConnections.tokenOf(app.id(), metaUser(), AccessToken.of("unheard-of")));
    Traces.spoilKey(workspace);

    // when
    var answer = shred(workspace.value());

    // then
    answer.then().statusCode(200).body("connectionsEnded", equalTo(1));
    assertThat(again(connection).lifecycle()).isEqualTo(Lifecycle.DISCONNECTED);
    assertThat(
            Traces.count(
                "select count(*) from auth.sealed_secret where workspace_id = ?",
                workspace.value()))
        .isZero();
  }

  /// Its row was not there when the others were locked, and its token was sealed with the old key.
  @Test
  void whoConnectsWhileTheKeyIsWaitedForIsEndedToo() throws Exception {
    // given
    var first = connected(workspace);

    try (var sealing = SharedParts.postgres().connect("tokenwarden")) {
      sealing.setAutoCommit(false);
      shareKey(sealing);

      // when
      var shredding = Meanwhile.get(() -> shred(workspace.value()));
      await().atMost(SOON).until(() -> shredding.isDone() || keysWaitedFor() == 1);
      assertThat(shredding.isDone() ? shredding.join().asString() : "waits").isEqualTo("waits");
      var late = connected(workspace);
      sealing.rollback();

      // then
      shredding.join().then().statusCode(200).body("connectionsEnded", equalTo(2));
      for (var connection : List.of(first, late)) {
        assertThat(again(connection).lifecycle()).isEqualTo(Lifecycle.DISCONNECTED);
        assertThat(generationsKept(id(connection))).isEmpty();
      }
    }
  }

  /// As whoever seals does.
  private void shareKey(java.sql.Connection sealing) throws SQLException {
    try (var statement =
        sealing.prepareStatement(
            "select wrapped from auth.workspace_key where workspace_id = ? for share")) {
      statement.setString(1, workspace.value());
      assertThat(statement.executeQuery().next()).isTrue();
    }
  }

  private static long keysWaitedFor() {
    return Traces.count(
        "select count(*) from pg_stat_activity"
            + " where wait_event_type = 'Lock' and query like 'delete from workspace_key%'");
  }

  @Test
  void whoConnectsMeanwhileIsEndedOrHasATokenThatOpens() {
    // given
    var first = connected(workspace);
    var connecting =
        Stream.generate(() -> Meanwhile.get(() -> connected(workspace))).limit(20).toList();

    // when
    for (int i = 0; i < 4; i++) {
      shred(workspace.value()).then().statusCode(200);
    }

    // then
    assertThat(again(first).lifecycle()).isEqualTo(Lifecycle.DISCONNECTED);
    assertThat(connecting)
        .allSatisfy(each -> {
          var connection = again(each.join());
          assertThat(opened(connection.tokenAddress()).isPresent())
              .isEqualTo(connection.lifecycle() == Lifecycle.CONNECTED);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobodys", "*"})
  void aWorkspaceNobodyHasIsNotFound(String nobodys) {
    shred(nobodys).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{",
        "[]",
        "{\"workspaceId\": null}",
        "{\"workspaceId\": \"a b\"}",
        "{\"workspaceId\": \"a\", \"workspaceId\": \"b\"}"
      })
  void whatNamesNoWorkspaceIsRefused(String body) {
    Acts.as("security-admin", "*").body(body).post("/auth/keys/shred").then().statusCode(400);
  }

  @Test
  void onlyWhoAnswersForAllWorkspacesMayShred() {
    // given
    var connection = connected(workspace);
    var body = Map.of("workspaceId", workspace.value());

    // then
    for (var role : List.of("viewer", "operator", "service")) {
      Acts.as(role, "*").body(body).post("/auth/keys/shred").then().statusCode(403);
    }
    Acts.as("security-admin", workspace.value())
        .body(body)
        .post("/auth/keys/shred")
        .then()
        .statusCode(403);
    given()
        .contentType("application/json")
        .body(body)
        .post("/auth/keys/shred")
        .then()
        .statusCode(401);
    assertThat(opened(connection.tokenAddress())).isPresent();
  }

  private static Response shred(String workspace) {
    return Acts.as("security-admin", "*")
        .body(Map.of("workspaceId", workspace))
        .post("/auth/keys/shred");
  }

  private void own(App app) {
    Acts.as("security-admin", workspace.value())
        .body(
            Map.of(
                "workspaceId",
                workspace.value(),
                "appId",
                app.id(),
                "appSecret",
                app.secret(),
                "webhookVerifyToken",
                UUID.randomUUID().toString()))
        .post("/auth/apps")
        .then()
        .statusCode(201);
  }

  private Connection connected(WorkspaceId owner) {
    return connect(owner, TestConnections.token(metaUser()));
  }

  private Connection connect(WorkspaceId owner, ConnectedToken token) {
    return Transactions.inTransaction(() -> connections.connect(owner, "ann", token));
  }

  private static String metaUser() {
    return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
  }

  private Connection again(Connection connection) {
    return Transactions.inTransaction(() -> connections.find(connection.connectionId()));
  }

  private Optional<String> opened(TokenAddress address) {
    return Transactions.inTransaction(() -> vault.open(address)).map(AccessToken::revealSecret);
  }

  private static String id(Connection connection) {
    return connection.connectionId().toString();
  }

  private List<String> auditOfWorkspace() {
    return Traces.rows(
            "select action from auth.audit_log where workspace_id = ? order by id",
            workspace.value())
        .stream()
        .map(row -> row.get("action").toString())
        .toList();
  }
}
