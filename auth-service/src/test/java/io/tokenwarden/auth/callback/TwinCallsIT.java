package io.tokenwarden.auth.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Delivery;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TwinParts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Meta's side is played by the twin, which signs and delivers by itself: an app that a workspace
/// owns, and a person who connected through it.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class TwinCallsIT {
  private static final String WORKSPACE = "twin-calls";

  @TestHTTPResource("/auth/meta/")
  URI meta;

  private final MetaTwin twin = TwinParts.twin();
  private MetaTwin.App app;
  private Person person;
  private String connection;

  @BeforeEach
  void connectThroughAnAppThatMetaCalls() {
    app = twin.app("Owned");
    register("agreed-upon");
    // the twin believes in a webhook address only after it echoed the challenge
    twin.callbacks(
        app.id(), place("deauthorize"), place("data-deletion"), place("webhooks"), "agreed-upon");
    person = twin.person("Called about", 1, 1);
    connection = paste(twin.token(person, "long-lived", false, app.id(), "ads_read").value());
  }

  @Test
  void whoRemovesTheAppIsDisconnectedOnceHoweverOftenMetaSaysSo() {
    // when
    twin.removeApp(person, app.id());

    // then
    await().until(() -> lifecycle().equals("DISCONNECTED"));
    var generation = view().getInt("generation");

    // and when
    var again = twin.deliver(delivered("DEAUTHORIZE"));

    // then
    assertThat(again.lastStatus()).isEqualTo(200);
    assertThat(view().getInt("generation")).isEqualTo(generation);
    assertThat(TopicReader.shared().all("token.disconnected", connection)).hasSize(1);
  }

  @Test
  void whoWantsToBeForgottenGetsACodeThatShowsHowItStands() {
    // when
    twin.deleteData(person, app.id());

    // then
    var answer = delivered("DATA_DELETION").answer();
    var page = URI.create(answer.get("url").asText());
    assertThat(answer.get("confirmation_code").asText()).matches("[0-9a-zA-Z]{20,}");
    await().until(() -> lifecycle().equals("ARCHIVED"));
    var shown = given().get(page.getPath());
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.asString()).contains("Your data was deleted");
    assertThat(view().getString("metaUserId")).isNotEqualTo(twin.userId(person, app.id()));
  }

  /// Nobody made a call that failed: Meta's hint is what makes us ask.
  @Test
  void aPermissionThatIsTakenBackIsNoticedWithoutACall() {
    // when
    twin.happens(person, "permissions/ads_read/withdraw?app=" + app.id());

    // then
    var missing = TopicReader.shared().await("scope.missing", connection, 1).getFirst();
    assertThat(JsonPath.from(new String(missing.value())).getList("scopes"))
        .containsExactly("ads_read");
    assertThat(delivered("WEBHOOK").lastStatus()).isEqualTo(200);
    assertThat(lifecycle()).isEqualTo("CONNECTED");
  }

  private Delivery delivered(String kind) {
    await().until(() -> of(kind).stream().anyMatch(it -> it.state().equals("DELIVERED")));
    return of(kind).getFirst();
  }

  private List<Delivery> of(String kind) {
    return twin.deliveries(app.id()).stream().filter(it -> it.kind().equals(kind)).toList();
  }

  private URI place(String what) {
    return meta.resolve(app.id() + "/" + what);
  }

  private void register(String verifyToken) {
    as("security-admin")
        .body(
            Map.of(
                "workspaceId",
                WORKSPACE,
                "appId",
                app.id(),
                "appSecret",
                app.secret(),
                "webhookVerifyToken",
                verifyToken))
        .post("/auth/apps")
        .then()
        .statusCode(201);
  }

  private String paste(String token) {
    return as("operator")
        .body(Map.of("workspaceId", WORKSPACE, "appId", app.id(), "accessToken", token))
        .post("/auth/connections")
        .then()
        .statusCode(201)
        .extract()
        .path("connectionId");
  }

  private String lifecycle() {
    return view().getString("health.lifecycle");
  }

  private JsonPath view() {
    return as("viewer").get("/auth/connections/" + connection).jsonPath();
  }

  private static RequestSpecification as(String role) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().of("ann", List.of(role), List.of(WORKSPACE)))
        .contentType("application/json");
  }
}
