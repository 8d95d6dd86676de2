package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people do with the dialog, and what comes back to the app.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class DialogIT {

  /// Verifier and challenge of [RFC 7636, appendix
  /// B](https://www.rfc-editor.org/rfc/rfc7636#appendix-B).
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private String person;

  @BeforeEach
  void makeAnApp() {
    visitor =
        new Visitor(twin)
            .ofNewApp(
                """
                {"name": "Theirs",
                 "loginConfigs": {"4711": ["ads_read", "business_management"]}}
                """);
    person = visitor.post("/twin/people", "{\"name\": \"Buyer\"}").json().get("id").asText();
  }

  @Test
  void grantsAllThatAConfigurationAsksFor() {
    // when
    var landed = visitor.answerDialog(person, "continue", Map.of("config_id", "4711"), List.of());

    // then
    assertThat(permissions(visitor.redeem(code(landed)).token()))
        .isEqualTo(
            Map.of(
                "ads_read", "granted",
                "business_management", "granted",
                "public_profile", "granted"));
  }

  @Test
  void grantsNothingOfAConfigurationThatIsNotGrantedAsAWhole() {
    // when
    var landed =
        visitor.answerDialog(
            person, "continue", Map.of("config_id", "4711"), List.of("business_management"));

    // then
    assertThat(landed).contains("error=access_denied").doesNotContain("?code=", "&code=");
  }

  @Test
  void showsAnErrorForAConfigurationTheAppDoesNotHave() {
    // when
    var unknown = visitor.openDialog(Map.of("config_id", "4712"));
    var anothers = new Visitor(twin).openDialog(Map.of("config_id", "4711"));

    // then
    assertThat(List.of(unknown, anothers))
        .allSatisfy(page -> {
          assertThat(page.status()).isEqualTo(400);
          assertThat(page.text()).contains("Invalid config_id").doesNotContain("<form");
        });
  }

  @Test
  void asksForAConfigurationOnceItIsThere() {
    // when
    visitor.put("/twin/apps/" + visitor.appId() + "/login-configs", "{\"99\": [\"ads_read\"]}");

    // then
    assertThat(visitor.openDialog(Map.of("config_id", "99")).text()).contains("ads_read");
    assertThat(visitor.openDialog(Map.of("config_id", "4711")).status()).isEqualTo(400);
  }

  @Test
  void asksForWhatWasDeclinedOnlyWhenToldTo() {
    // given
    var asked = Map.of("scope", "ads_read,business_management");
    var first = visitor.answerDialog(person, "continue", asked, List.of("business_management"));

    // when
    var again = visitor.answerDialog(person, "continue", asked, List.of());
    var rerequested =
        visitor.answerDialog(
            person,
            "continue",
            Map.of("scope", "ads_read,business_management", "auth_type", "rerequest"),
            List.of());

    // then
    assertThat(scopes(first)).containsExactly("ads_read", "public_profile");
    assertThat(scopes(again)).containsExactly("ads_read", "public_profile");
    var token = visitor.redeem(code(rerequested)).token();
    assertThat(permissions(token)).containsEntry("business_management", "granted");
  }

  @Test
  void insistsOnTheVerifierOfAChallenge() {
    // when
    var none = visitor.redeem(codeFor(CHALLENGE));
    var wrong = redeem(codeFor(CHALLENGE), CHALLENGE);
    var code = codeFor(CHALLENGE);
    var right = redeem(code, VERIFIER);
    var replayed = redeem(code, VERIFIER);

    // then
    assertThat(none.error()).isEqualTo("400 100");
    assertThat(wrong.error()).isEqualTo("400 100");
    assertThat(right.status()).isEqualTo(200);
    assertThat(replayed.error()).isEqualTo("400 100/36009");
  }

  private String codeFor(String challenge) {
    return code(
        visitor.answerDialog(
            person,
            "continue",
            Map.of(
                "scope", "ads_read",
                "code_challenge", challenge,
                "code_challenge_method", "S256"),
            List.of()));
  }

  private Visitor.Answer redeem(String code, String verifier) {
    return visitor.get(
        "/v25.0/oauth/access_token",
        Map.of(
            "client_id",
            visitor.appId(),
            "client_secret",
            visitor.appSecret(),
            "redirect_uri",
            Visitor.REDIRECT,
            "code",
            code,
            "code_verifier",
            verifier));
  }

  @Test
  void sharesTheChosenAdAccountsAlone() {
    // given
    var accounts = visitor.get("/twin/people/" + person, Map.of()).json().get("adAccounts");
    var shared = accounts.get(0).get("id").asText();
    var kept = accounts.get(1).get("id").asText();
    var asked = "ads_read,business_management";
    assertThat(visitor.openDialog(Map.of("scope", asked)).text())
        .contains("name=\"adAccount\" value=\"" + shared + "\"");
    assertThat(visitor.openDialog(Map.of("scope", "business_management")).text())
        .doesNotContain("name=\"adAccount\"");

    // when
    var landed = visitor.shareInDialog(person, asked, List.of(shared, "17"));

    // then
    var token = visitor.redeem(code(landed)).token();
    assertThat(visitor.inspect(token).json().at("/data/granular_scopes").toString())
        .isEqualTo(
            "[{\"scope\":\"ads_read\",\"target_ids\":[\"%s\"]},{\"scope\":\"business_management\"}]"
                .formatted(shared));
    assertThat(adAccounts(token)).containsExactly("act_" + shared);
    assertThat(visitor.get("/act_" + shared, Map.of("access_token", token)).status())
        .isEqualTo(200);
    assertThat(visitor.get("/act_" + kept, Map.of("access_token", token)).error())
        .isEqualTo("403 200");

    // and when
    visitor.answerDialog(person, "continue", asked);

    // then
    assertThat(adAccounts(token)).containsExactly("act_" + shared, "act_" + kept);
    assertThat(visitor.inspect(token).text()).doesNotContain("target_ids");
  }

  private List<String> adAccounts(String token) {
    var listed = visitor.get("/me/adaccounts", Map.of("access_token", token)).json().get("data");
    return listed.findValuesAsText("id");
  }

  private List<String> scopes(String landed) {
    var token = visitor.redeem(code(landed)).token();
    return StreamSupport.stream(
            visitor.inspect(token).json().at("/data/scopes").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static String code(String landed) {
    return landed.replaceAll(".*[?&]code=([^&#]+).*", "$1");
  }

  private Map<String, String> permissions(String token) {
    var answer = visitor.get("/me/permissions", Map.of("access_token", token)).json();
    return StreamSupport.stream(answer.get("data").spliterator(), false)
        .collect(
            Collectors.toMap(it -> it.get("permission").asText(), it -> it.get("status").asText()));
  }
}
