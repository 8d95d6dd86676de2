package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people have at Meta beside ad accounts, what they may show of it, and how they lose it.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class AssetsIT {

  private static final String EVERYTHING =
      "[\"ads_read\", \"ads_management\", \"business_management\", \"pages_show_list\"]";

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private String person;
  private String account;
  private String pixel;
  private JsonNode business;
  private String token;

  @BeforeEach
  void makeABuyer() {
    visitor = new Visitor(twin);
    var buyer = visitor.post("/twin/people", "{\"name\": \"Buyer\"}").json();
    person = buyer.get("id").asText();
    account = buyer.at("/adAccounts/0/id").asText();
    pixel = buyer.at("/adAccounts/0/pixel/id").asText();
    business = buyer.get("business");
    token = token(EVERYTHING);
  }

  @Test
  void showsBusinessesPagesAndCatalogs() {
    assertThat(listed("/me/businesses")).containsExactly(id("id"));
    assertThat(listed("/me/accounts")).containsExactly(id("pageId"));
    assertThat(listed("/" + id("id") + "/owned_product_catalogs")).containsExactly(id("catalogId"));
    assertThat(listed("/" + id("id") + "/owned_ad_accounts")).contains("act_" + account);
    assertThat(get("/" + id("id")).json().get("name").asText()).isEqualTo("Buyer Business");
    assertThat(get("/" + id("pageId")).json().get("name").asText()).startsWith("Buyer Business");
    assertThat(get("/" + id("catalogId")).json().get("name").asText()).endsWith("Catalog");
  }

  @Test
  void assignsAnAdAccountLater() {
    // given
    var robot =
        visitor
            .post(
                "/twin/people/" + person + "/system-users",
                "{\"name\": \"Robot\", \"adAccounts\": []}")
            .json()
            .get("id")
            .asText();
    token =
        visitor
            .post(
                "/twin/people/" + robot + "/tokens",
                "{\"kind\": \"system-user\", \"scopes\": " + EVERYTHING + "}")
            .json()
            .get("accessToken")
            .asText();
    assertThat(listed("/me/adaccounts")).isEmpty();
    assertThat(get("/act_" + account).error()).isEqualTo("403 200");
    var deed = "/twin/people/" + robot + "/ad-accounts/";

    // when
    visitor.post(deed + account + "/assign", "");

    // then
    assertThat(listed("/me/adaccounts")).containsExactly("act_" + account);
    assertThat(get("/act_" + account + "/insights").status()).isEqualTo(200);
    assertThat(visitor.post(deed + "17/assign", "").status()).isEqualTo(404);

    // and when
    visitor.post(deed + account + "/lose", "");
    visitor.post(deed + account + "/assign", "");

    // then
    assertThat(listed("/me/adaccounts")).containsExactly("act_" + account);
  }

  @Test
  void givesTheSameTokenForAPageEachTime() {
    // when
    var first = get("/me/accounts").json().at("/data/0/access_token").asText();
    var second = get("/me/accounts?fields=access_token").json().at("/data/0/access_token").asText();

    // then
    assertThat(first).startsWith("EAA").isEqualTo(second).isNotEqualTo(token);
    var me = visitor.get("/me", Map.of("access_token", first));
    assertThat(me.json().get("id").asText()).isEqualTo(id("pageId"));
  }

  @Test
  void refusesAPageTokenWhoseHolderLostTheRole() {
    // given
    var pageToken = get("/me/accounts").json().at("/data/0/access_token").asText();

    // when
    happens("pages/" + id("pageId") + "/lose");

    // then
    assertThat(visitor.get("/me", Map.of("access_token", pageToken)).error())
        .isEqualTo("400 190/492");
    assertThat(get("/me").status()).isEqualTo(200);

    // and when
    happens("pages/" + id("pageId") + "/regain");

    // then
    assertThat(visitor.get("/me", Map.of("access_token", pageToken)).status()).isEqualTo(200);
  }

  @Test
  void asksForThePermissionEachNeeds() {
    // when
    token = token("[\"ads_read\"]");

    // then
    assertThat(get("/me/businesses").error()).isEqualTo("403 200");
    assertThat(get("/me/businesses").json().at("/error/message").asText())
        .isEqualTo("(#200) Requires business_management permission to manage the object");
    assertThat(get("/" + id("id") + "/owned_product_catalogs").error()).isEqualTo("403 200");
    assertThat(listed("/me/accounts")).isEmpty();
    assertThat(get("/act_" + account + "?fields=name,business").error()).isEqualTo("403 200");
    assertThat(get("/act_" + account + "?fields=name").status()).isEqualTo(200);
  }

  @Test
  void saysWhoseAnAdAccountIsAndHowItPays() {
    // when
    var shown = get("/act_" + account + "?fields=business,disable_reason,funding_source").json();

    // then
    assertThat(shown.at("/business/id").asText()).isEqualTo(id("id"));
    assertThat(shown.get("disable_reason").asInt(-1)).isZero();
    assertThat(shown.get("funding_source").asText()).isNotEmpty();

    // and when
    happens("ad-accounts/" + account + "/lose-funding");

    // then
    assertThat(get("/act_" + account + "?fields=id,funding_source").json().has("funding_source"))
        .isFalse();

    // and when
    happens("ad-accounts/" + account + "/regain-funding");

    // then
    assertThat(get("/act_" + account + "?fields=funding_source").json()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "disable, 2, 1",
    "leave-unsettled, 3, 3",
    "review-risk, 7, 5",
    "await-settlement, 8, 0",
    "give-grace, 9, 0",
    "begin-closure, 100, 0",
    "close, 101, 7"
  })
  void saysHowAnAdAccountStands(String deed, int status, int reason) {
    // when
    happens("ad-accounts/" + account + "/" + deed);

    // then
    var shown = get("/act_" + account + "?fields=account_status,disable_reason").json();
    assertThat(shown.get("account_status").asInt()).isEqualTo(status);
    assertThat(shown.get("disable_reason").asInt()).isEqualTo(reason);

    // and when
    happens("ad-accounts/" + account + "/enable");

    // then
    assertThat(get("/act_" + account + "?fields=account_status").json().get("account_status"))
        .hasToString("1");
  }

  @Test
  void tellsColleaguesTheSameOfTheirAdAccount() {
    // given
    var colleague =
        visitor
            .post(
                "/twin/people",
                "{\"name\": \"Colleague\", \"colleagueOf\": \"%s\"}".formatted(person))
            .json();

    // when
    happens("ad-accounts/" + account + "/disable");

    // then
    assertThat(colleague.at("/business/id").asText()).isEqualTo(id("id"));
    var theirs = visitor.connect(colleague.get("id").asText());
    assertThat(
            visitor
                .get("/act_" + account, Map.of("access_token", theirs, "fields", "account_status"))
                .json()
                .get("account_status")
                .asInt())
        .isEqualTo(2);

    // and when
    happens("ad-accounts/" + account + "/lose");

    // then
    assertThat(get("/act_" + account).error()).isEqualTo("400 100/33");
    assertThat(visitor.get("/act_" + account, Map.of("access_token", theirs)).status())
        .isEqualTo(200);
  }

  @Test
  void saysThatAPixelIsUnavailable() {
    // when
    happens("pixels/" + pixel + "/fail");

    // then
    assertThat(get("/" + pixel + "?fields=is_unavailable").json().get("is_unavailable").asBoolean())
        .isTrue();

    // and when
    happens("pixels/" + pixel + "/recover");

    // then
    assertThat(
            get("/" + pixel + "?fields=is_unavailable")
                .json()
                .get("is_unavailable")
                .asBoolean(true))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "pages, pageId, /me/accounts",
    "catalogs, catalogId, /{business}/owned_product_catalogs",
    "businesses, id, /me/businesses"
  })
  void losesOneThingAndGetsItBack(String kind, String field, String list) {
    // given
    var path = list.replace("{business}", id("id"));

    // when
    happens(kind + "/" + id(field) + "/lose");

    // then
    assertThat(listed(path)).isEmpty();
    assertThat(get("/" + id(field)).error()).isEqualTo("400 100/33");
    assertThat(get("/act_" + account).status()).isEqualTo(200);

    // and when
    happens(kind + "/" + id(field) + "/regain");

    // then
    assertThat(listed(path)).containsExactly(id(field));
    assertThat(get("/" + id(field)).status()).isEqualTo(200);
  }

  @Test
  void letsAnAppGiveAPermissionUp() {
    // when
    var answer = visitor.delete("/me/permissions/ads_read", Map.of("access_token", token));

    // then
    assertThat(answer.json().get("success").asBoolean()).isTrue();
    assertThat(get("/me/permissions").text())
        .contains("{\"permission\":\"ads_read\",\"status\":\"declined\"}");
    assertThat(visitor.delete("/me/permissions/ads_read", Map.of("access_token", token)).error())
        .isEqualTo("400 100");
  }

  @Test
  void letsAPermissionRunOutForWantOfUse() {
    // when
    happens("permissions/ads_management/expire");

    // then
    assertThat(get("/me/permissions").text())
        .contains("{\"permission\":\"ads_management\",\"status\":\"expired\"}");
    assertThat(visitor.inspect(token).json().at("/data/scopes").toString())
        .doesNotContain("ads_management");
  }

  @Test
  void pausesACampaignForWhoMayManageAds() {
    // given
    var campaign = get("/act_" + account + "/campaigns").json().at("/data/0/id").asText();

    // when
    var answer = write(campaign);

    // then
    assertThat(answer.json().get("success").asBoolean()).isTrue();
    assertThat(get("/" + campaign + "?fields=status").json().get("status").asText())
        .isEqualTo("PAUSED");
    token = token("[\"ads_read\"]");
    happens("permissions/ads_management/withdraw");
    assertThat(write(campaign).error()).isEqualTo("403 200");
  }

  private Visitor.Answer write(String campaign) {
    return visitor.postForm(
        "/v25.0/" + campaign,
        List.of(Map.entry("status", "PAUSED"), Map.entry("access_token", token)));
  }

  private String token(String scopes) {
    return visitor
        .post(
            "/twin/people/" + person + "/tokens",
            "{\"kind\": \"long-lived\", \"scopes\": %s}".formatted(scopes))
        .json()
        .get("accessToken")
        .asText();
  }

  private String id(String field) {
    return business.get(field).asText();
  }

  private void happens(String deed) {
    assertThat(visitor.post("/twin/people/" + person + "/" + deed, "").status())
        .as(deed)
        .isEqualTo(204);
  }

  private List<String> listed(String path) {
    return StreamSupport.stream(get(path).json().get("data").spliterator(), false)
        .map(item -> item.get("id").asText())
        .toList();
  }

  private Visitor.Answer get(String path) {
    return visitor.get(path, Map.of(), "Authorization", "Bearer " + token);
  }
}
