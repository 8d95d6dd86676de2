package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Time that a test moves, what it does to tokens, and how often they were exchanged in it.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class ClockIT {

  private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private String token;

  @BeforeEach
  void connectABuyer() {
    visitor = new Visitor(twin);
    token =
        visitor.connect(
            visitor.post("/twin/people", "{\"name\": \"Buyer\"}").json().get("id").asText());
  }

  @AfterEach
  void bringRealTimeBack() {
    visitor.delete("/twin/clock", Map.of());
  }

  @Test
  void endsTokensWhenTheirTimeHasCome() {
    // when
    standAt(now.plus(Duration.ofDays(59)));
    var before = me(token);
    standAt(now.plus(Duration.ofDays(61)));
    var after = me(token);

    // then
    assertThat(before.status()).isEqualTo(200);
    assertThat(after.error()).isEqualTo("400 190/463");

    // and when
    visitor.delete("/twin/clock", Map.of());

    // then
    assertThat(me(token).status()).isEqualTo(200);
  }

  @Test
  void givesATokenItsWholeLifeFromTheInstantItStandsAt() {
    // given
    var later = now.plus(Duration.ofDays(30));
    standAt(later);

    // when
    var extended = visitor.exchange(token);

    // then
    assertThat(extended.json().get("expires_in").asInt()).isEqualTo(5_183_944);
    assertThat(visitor.inspect(extended.token()).json().at("/data/expires_at").asLong())
        .isEqualTo(later.getEpochSecond() + 5_183_944);
    assertThat(reading()).isEqualTo(later);
  }

  @Test
  void runsOnAheadOfRealTime() {
    // when
    visitor.put("/twin/clock", "{\"offset\": \"P2D\"}");

    // then
    assertThat(reading()).isBetween(now.plus(Duration.ofDays(2)), now.plus(Duration.ofDays(3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "",
        "{\"now\": \"yesterday\"}",
        "{\"now\": \"2026-01-01T00:00:00Z\", \"offset\": \"PT1S\"}"
      })
  void refusesMovesThatMakeNoSense(String move) {
    assertThat(visitor.put("/twin/clock", move).status()).isEqualTo(400);
    assertThat(reading()).isAfterOrEqualTo(now);
  }

  @Test
  void countsTheExchangesOfEachToken() {
    // given
    var first = visitor.exchange(token).token();

    // when
    visitor.exchange(token);
    visitor.exchange(first);
    standAt(now.plus(Duration.ofDays(400)));
    var tooLate = visitor.exchange(token);

    // then
    assertThat(tooLate.status()).isEqualTo(400);
    assertThat(List.of(exchanges(token), exchanges(first))).containsExactly(2, 1);
  }

  private void standAt(Instant instant) {
    var moved = visitor.put("/twin/clock", "{\"now\": \"" + instant + "\"}");
    assertThat(moved.json().get("now").asText()).isEqualTo(instant.toString());
  }

  private Instant reading() {
    return Instant.parse(visitor.get("/twin/clock", Map.of()).json().get("now").asText());
  }

  private Visitor.Answer me(String accessToken) {
    return visitor.get("/v25.0/me", Map.of("access_token", accessToken));
  }

  private int exchanges(String accessToken) {
    var before = visitor.get("/twin/calls", Map.of("limit", "0")).json().get("last").asText();
    me(accessToken);
    var label =
        visitor.get("/twin/calls", Map.of("after", before)).json().at("/items/0/token").asText();
    return StreamSupport.stream(visitor.get("/twin/tokens", Map.of()).json().spliterator(), false)
        .filter(it -> it.get("label").asText().equals(label))
        .mapToInt(it -> it.get("exchanges").asInt())
        .findFirst()
        .orElseThrow();
  }
}
