package io.tokenwarden.auth.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.connection.ConnectedToken;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What the gateway is lent, and what it is not.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class LeaseIT {
  @Inject Connections connections;
  @Inject Vault vault;

  private final WorkspaceId workspace = WorkspaceId.of("lease-" + UUID.randomUUID());
  private final String token = UUID.randomUUID().toString();

  @Test
  void aLeaseSaysWhatItIsForAndIsOverWithinAMinute() {
    // given
    var connection = connected(MetaTwin.APP_ID);
    var before = Instant.now();

    // when
    var lease = lease(connection.connectionId());

    // then
    lease
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-cache"))
        .body("accessToken", equalTo(token))
        .body("generation", equalTo(1))
        .body("revision", equalTo(1))
        .body("appId", equalTo(MetaTwin.APP_ID))
        .body("graphVersion", equalTo("v25.0"))
        .body("$", not(hasKey("appSecret")));
    assertThat(lease.jsonPath().getString("appsecretProof")).hasSize(64).isNotEqualTo(token);
    assertThat(Instant.parse(lease.jsonPath().getString("expiresAt")))
        .isBetween(before, Instant.now().plusSeconds(60));
  }

  @Test
  void aStagedTokenIsNotLent() {
    // given
    var connection = connected(MetaTwin.APP_ID);

    // when
    inTransaction(() ->
        vault.stage(
            connection.tokenAddress().next(), AccessToken.of(UUID.randomUUID().toString())));

    // then
    lease(connection.connectionId())
        .then()
        .statusCode(200)
        .body("accessToken", equalTo(token))
        .body("generation", equalTo(1));
  }

  @Test
  void aShreddedTokenBlocksTheConnection() {
    // given
    var connection = connected(MetaTwin.APP_ID);

    // when
    inTransaction(() -> vault.shred(workspace));

    // then
    lease(connection.connectionId())
        .then()
        .statusCode(409)
        .body("code", equalTo("CONNECTION_BLOCKED"), "remedy", equalTo("reconnect"));
  }

  @Test
  void anAppThatIsNotConfiguredAnyMoreHasItsOwnCode() {
    // given
    var connection = connected("1200000000009999");

    // then
    lease(connection.connectionId()).then().statusCode(409).body("code", equalTo("APP_UNKNOWN"));
  }

  @Test
  void whatIsNoConnectionIsNotFound() {
    lease(new ConnectionId(UUID.randomUUID())).then().statusCode(404);
    given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("graph-gateway"))
        .get("/auth/internal/credentials/rubbish")
        .then()
        .statusCode(404);
  }

  private static Response lease(ConnectionId connection) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("graph-gateway"))
        .get("/auth/internal/credentials/" + connection);
  }

  private Connection connected(String appId) {
    var made =
        TestConnections.token(Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1));
    var connected =
        new ConnectedToken(
            AccessToken.of(token),
            appId,
            made.metaUserId(),
            made.label(),
            made.tokenType(),
            made.scopes(),
            made.expiresAt(),
            made.dataAccessExpiresAt(),
            made.grants(),
            made.profile());
    return inTransaction(() -> connections.connect(workspace, "ann", connected));
  }

  private static <T> T inTransaction(Supplier<Uni<T>> work) {
    return Transactions.inTransaction(work);
  }
}
