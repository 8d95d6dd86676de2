package io.tokenwarden.system.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.system.stack.Holds;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No failed call changes a token's status by itself (P5), whatever Meta answers: the token lives,
/// and Meta says so when it is asked. Through the running gateway, for every category.
///
/// Each failure happens to a connection of its own, all at once; then all are watched together.
@TestInstance(Lifecycle.PER_CLASS)
class HarmlessErrorsIT {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Client client = new Client(stack);
  private final Map<Failure, Victim> victims = new LinkedHashMap<>();

  /// What Meta answers, and what the gateway is to make of it.
  record Failure(String category, int status, String body, String contentType) {}

  /// A connection to which it happened.
  ///
  /// @param category what the gateway said
  /// @param verifiedAt when Meta had last been asked about its token before
  private record Victim(String connection, String category, String verifiedAt) {

    boolean castsDoubt() {
      return Set.of("TOKEN_EXPIRED", "TOKEN_INVALIDATED", "AUTH_ERROR", "BLOCKED")
          .contains(category);
    }

    /// Meta says nothing more of a block than the refusal itself: it is believed for a while, and
    /// reading goes on.
    List<String> conditions() {
      return category.equals("BLOCKED") ? List.of("BLOCKED_BY_META") : List.of();
    }
  }

  @BeforeAll
  void letThemHappen() {
    failures().forEach(failure -> victims.put(failure, befallen(failure)));
    await()
        .atMost(PATIENCE)
        .until(
            () -> victims.values().stream().filter(Victim::castsDoubt).allMatch(this::isVerified));
    await()
        .during(QUIET)
        .atMost(PATIENCE)
        .untilAsserted(() -> victims.values().forEach(this::isActive));
  }

  /// By a call that nobody else makes, so that it is the only one to fail.
  private Victim befallen(Failure failure) {
    var person = twin.person("Unlucky", 1, 1);
    var connection = client.connect(person);
    var path = "act_" + person.adAccounts().getFirst() + "/campaigns";
    var verifiedAt = health(connection).get("verifiedAt").asText();
    twin.fault("/" + path, failure.status(), failure.body(), failure.contentType());
    var answer = client.graph(connection, "/v25.0/" + path);
    var category = answer.headers().firstValue("X-Tokenwarden-Category").orElse("none");
    if (category.equals("RATE_LIMITED")) {
      letOthersCall(connection);
    }
    return new Victim(connection, category, verifiedAt);
  }

  /// Nobody else would be let through to a failure of their own while the app's quota is used up.
  private void letOthersCall(String connection) {
    Holds.end(stack);
    await().atMost(PATIENCE).until(() -> client.graph(connection, "/v25.0/me").statusCode() == 200);
  }

  /// Whether Meta was asked about the token since.
  private boolean isVerified(Victim victim) {
    return !health(victim.connection()).get("verifiedAt").asText().equals(victim.verifiedAt());
  }

  private void isActive(Victim victim) {
    var health = health(victim.connection());
    assertThat(health.get("tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(health.get("conditions").findValuesAsText("condition"))
        .isEqualTo(victim.conditions());
  }

  private JsonNode health(String connection) {
    return client.getJson("auth-service", "/auth/connections/" + connection).get("health");
  }

  @AfterAll
  void clear() {
    twin.clearFaults();
  }

  static Stream<Failure> failures() {
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
        new Failure("SERVER_ERROR", 502, "Bad Gateway", "text/plain"),
        new Failure("SERVER_ERROR", 400, "<!DOCTYPE html><html>Error</html>", "text/html"));
  }

  private static Failure failure(
      String category, int status, int code, Integer subcode, String message) {
    var sub = subcode == null ? "" : ",\"error_subcode\":" + subcode;
    var body =
        "{\"error\":{\"message\":\"%s\",\"type\":\"OAuthException\",\"code\":%d%s}}"
            .formatted(message, code, sub);
    return new Failure(category, status, body, "application/json");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aLivingTokenStaysActive(Failure failure) {
    // given
    var victim = victims.get(failure);

    // then
    assertThat(victim.category()).isEqualTo(failure.category());
    isActive(victim);
    assertThat(stack.topics().all("token.expired", victim.connection())).isEmpty();
    assertThat(stack.topics().all("token.inactive", victim.connection())).isEmpty();
  }
}
