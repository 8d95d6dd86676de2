package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several apps at one Meta: each sees its own side of the same people.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class AppsIT {

  @TestHTTPResource("/")
  URI twin;

  private Visitor ours;
  private Visitor theirs;
  private String person;

  @BeforeEach
  void makeAPersonAndAnotherApp() {
    ours = new Visitor(twin);
    theirs = ours.ofNewApp("{\"name\": \"Theirs\"}");
    person = ours.post("/twin/people", "{\"name\": \"Buyer\"}").json().get("id").asText();
  }

  @Test
  void knowsThePersonByAnIdPerApp() {
    // when
    var ourToken = ours.connect(person);
    var theirToken = theirs.connect(person);

    // then
    var theirId = me(theirToken).json().get("id").asText();
    assertThat(me(ourToken).json().get("id").asText()).isEqualTo(person);
    assertThat(theirId).isNotEqualTo(person);
    assertThat(theirs.inspect(theirToken).json().at("/data/user_id").asText()).isEqualTo(theirId);
    assertThat(theirs.inspect(theirToken).json().at("/data/app_id").asText())
        .isEqualTo(theirs.appId());
    assertThat(get("/" + theirId + "/permissions", theirToken).status()).isEqualTo(200);
    assertThat(get("/" + person, theirToken).error()).isEqualTo("400 100/33");
    assertThat(ours.get("/twin/people", Map.of()).text())
        .contains("\"" + theirs.appId() + "\":\"" + theirId + "\"");
  }

  @Test
  void doesNothingWithATokenOfAnotherApp() {
    // given
    var theirToken = theirs.connect(person);

    // then
    assertThat(ours.inspect(theirToken).error()).isEqualTo("400 100");
    assertThat(ours.inspect(theirToken).json().at("/error/message").asText())
        .isEqualTo("(#100) The App_id in the input_token did not match the Viewing App");
    assertThat(ours.exchange(theirToken).error()).isEqualTo("400 190");
    assertThat(me(theirToken).status()).isEqualTo(200);
  }

  @Test
  void takesACodeOfItsOwnAlone() {
    // when
    var answer = ours.redeem(theirs.dance(person, "ads_read"));

    // then
    assertThat(answer.error()).isEqualTo("400 100");
  }

  @Test
  void isRemovedFromAPersonAlone() {
    // given
    var ourToken = ours.connect(person);
    var theirToken = theirs.connect(person);

    // when
    ours.post("/twin/people/" + person + "/remove-app?app=" + theirs.appId(), "");

    // then
    assertThat(me(theirToken).error()).isEqualTo("400 190/458");
    assertThat(me(theirToken).json().at("/error/message").asText()).contains(theirs.appId());
    assertThat(me(ourToken).status()).isEqualTo(200);
  }

  @Test
  void isBlockedAlone() {
    // given
    var ourToken = ours.connect(person);
    var theirToken = theirs.connect(person);

    // when
    ours.post("/twin/apps/" + theirs.appId() + "/block", "");

    // then
    assertThat(me(theirToken).error()).isEqualTo("400 200");
    assertThat(me(ourToken).status()).isEqualTo(200);
    assertThat(theirs.openDialog(Map.of("scope", "ads_read")).status()).isEqualTo(400);
  }

  @Test
  void losesEveryTokenWithItsSecret() {
    // given
    var token = theirs.connect(person);

    // when
    var reset = ours.post("/twin/apps/" + theirs.appId() + "/secret/reset", "").json();

    // then
    var renewed = new Visitor(twin, theirs.appId(), reset.get("secret").asText());
    assertThat(me(token).error()).isEqualTo("400 190");
    assertThat(me(token).json().at("/error/message").asText())
        .isEqualTo("Invalid OAuth access token signature.");
    assertThat(theirs.exchange(token).json().at("/error/message").asText())
        .isEqualTo("Error validating client secret.");
    assertThat(theirs.inspect(token).error()).isEqualTo("400 101");
    assertThat(renewed.inspect(token).json().at("/data/is_valid").asBoolean(true)).isFalse();
    assertThat(me(renewed.connect(person)).status()).isEqualTo(200);
  }

  @Test
  void tellsItsSecretOnce() {
    // given
    var made = ours.post("/twin/apps", "{\"name\": \"Ours, too\"}").json();
    var secret = made.get("secret").asText();

    // then
    assertThat(secret).matches("[0-9a-f]{32}");
    assertThat(
            List.of(
                ours.get("/twin/apps", Map.of()).text(),
                ours.get("/twin/apps/" + made.get("id").asText(), Map.of()).text(),
                ours.get("/", Map.of()).text()))
        .allSatisfy(shown -> assertThat(shown).doesNotContain(secret));
  }

  @Test
  void isRegisteredAndBlockedOnThePage() {
    // when
    var page = ours.postForm("/control/apps", List.of(Map.entry("name", "Pressed")));
    var id = page.text().replaceAll("(?s).*App (\\d+)<.*", "$1");
    var secret = page.text().replaceAll("(?s).*>([0-9a-f]{32})<.*", "$1");
    ours.postForm("/control/apps/" + id + "/block", List.of());

    // then
    var pressed = new Visitor(twin, id, secret);
    assertThat(pressed.exchange("nonsense").error()).isEqualTo("400 200");
    assertThat(ours.get("/", Map.of()).text())
        .contains("Pressed " + id + " is blocked")
        .doesNotContain(secret);
  }

  @Test
  void refusesAnAppItCannotRegister() {
    assertThat(
            List.of(
                "{}",
                "{\"name\": \"  \"}",
                "{\"name\": \"App\", \"id\": \"a/b\"}",
                "{\"name\": \"App\", \"id\": \"" + FreshTwin.APP_ID + "\"}",
                "null"))
        .allSatisfy(
            order -> assertThat(ours.post("/twin/apps", order).status()).as(order).isEqualTo(400));
    assertThat(ours.post("/twin/apps/1/block", "").status()).isEqualTo(404);
    assertThat(ours.post("/twin/apps/" + theirs.appId() + "/frobnicate", "").status())
        .isEqualTo(404);
  }

  private Visitor.Answer me(String token) {
    return get("/v25.0/me", token);
  }

  private Visitor.Answer get(String path, String token) {
    return ours.get(path, Map.of("access_token", token));
  }
}
