package io.tokenwarden.auth.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.auth.Acts;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.testsupport.MetaTwin.App;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an attack by somebody nobody knows does to the audit log on a real database.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class RefusalLogIT {
  private static final int ATTACKS = 500;
  private static final int IN_FULL = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  @Inject RefusalLog refusals;
  @Inject AuditConfig config;
  @Inject Clock clock;

  @TestHTTPResource URI service;

  @Test
  void fiveHundredForgedCallsAreAHundredEntriesAndOneThatSaysHowManyMore() {
    // given
    var app = TwinParts.twin().app("Beset");
    Acts.own(app);

    // when
    var statuses =
        IntStream.range(0, ATTACKS).parallel().map(_ -> forgedWebhook(app)).distinct().toArray();

    // then
    assertThat(statuses).containsExactly(400);
    var kind = "webhook of app " + app.id() + ": FORGED";
    assertThat(entries(app)).hasSize(IN_FULL);
    assertThat(entries(app).subList(0, IN_FULL - 1)).containsOnly(kind);
    assertThat(entries(app).getLast()).isEqualTo(kind + "; more of these are counted from here");

    // and when
    Transactions.await(() -> refusals.sumUp(afterTheWindow()));

    // then
    assertThat(entries(app)).hasSize(IN_FULL + 1);
    assertThat(entries(app).getLast())
        .startsWith(kind + ": %d more from 20".formatted(ATTACKS - IN_FULL));
    theChainIsIntact();
  }

  private int forgedWebhook(App app) {
    var request =
        HttpRequest.newBuilder(service.resolve("/auth/meta/" + app.id() + "/webhooks"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Instant afterTheWindow() {
    return clock.instant().plus(config.refusals().window());
  }

  /// What the audit log says of refusals at the app's doors. They may be committed in another order
  /// than they were numbered.
  private static List<String> entries(App app) {
    return Traces.rows(
            """
            select detail from auth.audit_log
            where action = 'meta.callback.refused' and detail like ?
            order by length(detail), id
            """,
            "%app " + app.id() + ":%")
        .stream()
        .map(row -> row.get("detail").toString())
        .toList();
  }

  private static void theChainIsIntact() {
    var verification =
        given()
            .auth()
            .oauth2(SharedParts.bearers().of("ann", List.of("security-admin"), List.of("*")))
            .get("/auth/audit/verification")
            .jsonPath();
    assertThat(verification.getBoolean("intact")).isTrue();
  }
}
