package io.tokenwarden.system.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.system.stack.Client;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.MetaTwin;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// No failed call changes a token's status by itself (P5), whatever Meta answers: the token lives,
/// and Meta says so when it is asked. Through the running gateway, for every category.
@TestInstance(Lifecycle.PER_CLASS)
class HarmlessErrorsIT {
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Client client = new Client(stack);
  private String connection;
  private String insights;

  @BeforeAll
  void connect() {
    var person = twin.person("Unlucky", 1, 1);
    connection = client.connect(person);
    insights = "/v25.0/act_" + person.adAccounts().getFirst() + "/insights?level=account";
  }

  @AfterEach
  void clear() {
    twin.clearFaults();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failure(
            "TOKEN_EXPIRED", 400, 190, 463, "Error validating access token: Session has expired."),
        failure(
            "TOKEN_INVALIDATED",
            400,
            190,
            460,
            "Error validating access token: The session has been invalidated because the user changed the password."),
        failure("AUTH_ERROR", 400, 190, null, "Bad signature"),
        failure("PERMISSION_MISSING", 403, 200, null, "(#200) Requires ads_read permission"),
        failure(
            "ASSET_UNAVAILABLE", 400, 100, 33, "Unsupported get request. Object does not exist"),
        failure("RATE_LIMITED", 400, 17, null, "User request limit reached"),
        failure("RATE_LIMITED", 403, 4, null, "Application request limit reached"),
        failure("BLOCKED", 400, 368, null, "The action attempted has been deemed abusive"),
        failure("TRANSIENT", 500, 2, null, "An unexpected error has occurred."),
        failure("BAD_REQUEST", 400, 100, null, "(#100) Param limit must be a number"),
        Arguments.of("SERVER_ERROR", 502, "Bad Gateway", "text/plain"),
        Arguments.of("SERVER_ERROR", 400, "<!DOCTYPE html><html>Error</html>", "text/html"));
  }

  private static Arguments failure(
      String category, int status, int code, Integer subcode, String message) {
    var sub = subcode == null ? "" : ",\"error_subcode\":" + subcode;
    var body =
        "{\"error\":{\"message\":\"%s\",\"type\":\"OAuthException\",\"code\":%d%s}}"
            .formatted(message, code, sub);
    return Arguments.of(category, status, body, "application/json");
  }

  @ParameterizedTest(name = "{0}: HTTP {1} {2}")
  @MethodSource("failures")
  void aLivingTokenStaysActive(String category, int status, String body, String contentType) {
    // given
    awaitGoodCall();
    twin.fault("/act_.*/insights", status, body, contentType);

    // when
    var answer = client.graph(connection, insights);

    // then
    assertThat(answer.headers().firstValue("X-Tokenwarden-Category")).contains(category);
    await().during(QUIET).atMost(QUIET.multipliedBy(3)).untilAsserted(this::isActive);
    assertThat(stack.topics().all("token.expired", connection)).isEmpty();
    assertThat(stack.topics().all("token.inactive", connection)).isEmpty();
  }

  /// A quarantine of the case before ends with the verdict.
  private void awaitGoodCall() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(client.graph(connection, insights).statusCode()).isEqualTo(200));
  }

  private void isActive() {
    var health = client.getJson("auth-service", "/auth/connections/" + connection).get("health");
    assertThat(health.get("tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(health.get("conditions")).isEmpty();
  }
}
