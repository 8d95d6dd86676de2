package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Strict limits: what is over them is refused in Meta's words, and every call is accounted for.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class LimitsIT {

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private String person;
  private String account;
  private String token;

  @BeforeEach
  void connectABuyer() {
    visitor = new Visitor(twin);
    var buyer = visitor.post("/twin/people", "{\"name\": \"Buyer\"}").json();
    person = buyer.get("id").asText();
    account = buyer.at("/adAccounts/0/id").asText();
    token = visitor.connect(person);
  }

  @AfterEach
  void takeTheLimitsAway() {
    visitor.delete("/twin/limits", Map.of());
  }

  @Test
  void refusesInsightsOfOneAccountAndServesAllElse() {
    // given
    limit("account", 2);
    insights();
    var last = insights();

    // when
    var refused = insights();

    // then
    assertThat(last.status()).isEqualTo(200);
    assertThat(refused.error()).isEqualTo("400 80000/2446079");
    assertThat(refused.json().at("/error/is_transient").asBoolean()).isTrue();
    assertThat(refused.header("X-Business-Use-Case-Usage"))
        .contains("\"type\":\"ads_insights\"", "\"call_count\":100")
        .contains("\"estimated_time_to_regain_access\":10,");
    assertThat(visitor.get("/act_" + account, asToken()).status()).isEqualTo(200);
    assertThat(me().status()).isEqualTo(200);
  }

  @Test
  void tellsTheResetOfAnAdAccountInSeconds() {
    // given
    limit("account", 1);
    visitor.get("/act_" + account, asToken());

    // when
    var refused = visitor.get("/act_" + account + "/campaigns", asToken());

    // then
    assertThat(refused.error()).isEqualTo("400 80004/2446079");
    assertThat(refused.header("X-Ad-Account-Usage"))
        .contains("\"acc_id_util_pct\":100.0", "\"reset_time_duration\":600");
  }

  @Test
  void refusesAPersonAndServesAnother() {
    // given
    limit("user", 1);
    var other =
        visitor.connect(
            visitor.post("/twin/people", "{\"name\": \"Other\"}").json().get("id").asText());
    me();

    // when
    var refused = me();

    // then
    assertThat(refused.error()).isEqualTo("400 17");
    assertThat(visitor.get("/me", Map.of("access_token", other)).status()).isEqualTo(200);
  }

  @Test
  void refusesAWholeApp() {
    // given
    limit("app", 1);
    visitor.inspect(token);

    // when
    var refused = me();

    // then
    assertThat(refused.error()).isEqualTo("403 4");
    assertThat(refused.header("X-App-Usage")).contains("\"call_count\":100");
    assertThat(insights().status()).isEqualTo(200);
  }

  @Test
  void accountsForEveryCallOfManyCallersAtOnce() {
    // given
    limit("app", 40);

    // when
    List<Future<Visitor.Answer>> answers;
    try (var callers = Executors.newFixedThreadPool(8)) {
      answers = IntStream.range(0, 120).mapToObj(_ -> callers.submit(this::me)).toList();
    }

    // then
    assertThat(answers.stream().filter(it -> it.resultNow().status() == 200)).hasSize(40);
    var seen = quotas().get(0);
    assertThat(seen.get("quota").asText()).isEqualTo("app:" + FreshTwin.APP_ID);
    assertThat(seen.get("admitted").asInt()).isEqualTo(40);
    assertThat(seen.get("refused").asInt()).isEqualTo(80);
    assertThat(seen.get("duringBlock").asInt()).isEqualTo(79);
    assertThat(seen.get("worstWindow").asInt()).isEqualTo(120);
  }

  @Test
  void refusesOrdersThatMakeNoSense() {
    assertThat(
            visitor
                .put("/twin/limits", "{\"scope\": \"page\", \"limit\": 1, \"windowMs\": 1}")
                .status())
        .isEqualTo(400);
    assertThat(visitor.put("/twin/limits", "{\"scope\": \"app\", \"windowMs\": 1}").status())
        .isEqualTo(400);
    assertThat(visitor.put("/twin/limits", "").status()).isEqualTo(400);
    assertThat(visitor.get("/twin/limits", Map.of()).json()).isEmpty();
  }

  private void limit(String scope, int calls) {
    var order = "{\"scope\": \"%s\", \"limit\": %d, \"windowMs\": 600000}".formatted(scope, calls);
    assertThat(visitor.put("/twin/limits", order).status()).isEqualTo(204);
  }

  private JsonNode quotas() {
    return visitor.get("/twin/limits", Map.of()).json().get(0).get("quotas");
  }

  private Visitor.Answer me() {
    return visitor.get("/v25.0/me", asToken());
  }

  private Visitor.Answer insights() {
    return visitor.get("/v25.0/act_" + account + "/insights", asToken());
  }

  private Map<String, String> asToken() {
    return Map.of("access_token", token);
  }
}
