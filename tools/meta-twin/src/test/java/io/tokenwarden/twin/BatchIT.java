package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several calls in one: each has an answer of its own, and what one finds another can use.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class BatchIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private String person;
  private String account;
  private String token;

  @BeforeEach
  void connectABuyer() {
    visitor = new Visitor(twin);
    var buyer =
        visitor
            .post("/twin/people", "{\"name\": \"Buyer\", \"adAccounts\": [{\"campaigns\": 3}]}")
            .json();
    person = buyer.get("id").asText();
    account = buyer.at("/adAccounts/0/id").asText();
    token = visitor.redeem(visitor.dance(person, "ads_read,ads_management")).token();
  }

  @AfterEach
  void letMetaBeWell() {
    visitor.delete("/twin/faults", Map.of());
    visitor.delete("/twin/limits", Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v24.0", "/v24.0/"})
  void takesABatchAtEveryAddressAsFormAndAsJson(String address) {
    // given
    var operations = "[{\"method\":\"GET\",\"relative_url\":\"me?fields=id\"}]";

    // when
    var form = visitor.postForm(address, fields(operations));
    var json =
        visitor.post(
            address, "{\"access_token\":\"%s\",\"batch\":%s}".formatted(token, operations));

    // then
    assertThat(List.of(form, json))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.json()).hasSize(1);
          assertThat(answer.json().at("/0/code").asInt()).isEqualTo(200);
          assertThat(body(answer.json().get(0)).get("id").asText()).isEqualTo(person);
          assertThat(answer.json().at("/0/headers").findValuesAsText("name"))
              .contains("Content-Type", "X-App-Usage");
        });
  }

  @Test
  void leavesHeadersOutWhereNobodyWantsThem() {
    // when
    var items =
        visitor
            .postForm(
                "/?include_headers=false",
                fields("[{\"method\":\"GET\",\"relative_url\":\"/v25.0/me\"}]"))
            .json();

    // then
    assertThat(items.get(0).has("headers")).isFalse();
    assertThat(body(items.get(0)).get("id").asText()).isEqualTo(person);
  }

  @Test
  void keepsAnErrorToTheItemThatMadeIt() {
    // when
    var items =
        batch(
            """
            [{"method": "GET", "relative_url": "me"},
             {"method": "GET", "relative_url": "12345"},
             {"method": "GET", "relative_url": "me?access_token=nonsense"},
             {"method": "POST", "relative_url": "", "body": "batch=[]"}]
            """);

    // then
    assertThat(items.findValuesAsText("code")).containsExactly("200", "400", "400", "400");
    assertThat(body(items.get(1)).at("/error/error_subcode").asInt()).isEqualTo(33);
    assertThat(body(items.get(2)).at("/error/code").asInt()).isEqualTo(190);
  }

  @Test
  void usesTheResultOfOneOperationInAnother() {
    // when
    var items =
        batch(
            """
            [{"method": "GET", "name": "all", "relative_url": "act_%1$s/campaigns?limit=2"},
             {"method": "GET", "relative_url": "?ids={result=all:$.data.*.id}&fields=name"},
             {"method": "POST", "name": "new", "relative_url": "act_%1$s/campaigns",
              "body": "name=Autumn", "omit_response_on_success": false},
             {"method": "POST", "relative_url": "act_%1$s/adsets",
              "body": "name=Rome&campaign_id=%2$s"},
             {"method": "GET", "relative_url": "me", "omit_response_on_success": true}]
            """
                .formatted(account, encoded("{result=new:$.id}")));

    // then
    assertThat(items).hasSize(5);
    assertThat(items.get(0).isNull()).isTrue();
    assertThat(body(items.get(1))).hasSize(2);
    var campaign = body(items.get(2)).get("id").asText();
    var adSet = body(items.get(3)).get("id").asText();
    assertThat(
            visitor
                .get("/" + adSet, Map.of("fields", "campaign_id", "access_token", token))
                .json()
                .get("campaign_id")
                .asText())
        .isEqualTo(campaign);
    assertThat(items.get(4).isNull()).isTrue();
  }

  @Test
  void showsTheFailureThatAnotherOperationDependsOn() {
    // when
    var items =
        batch(
            """
            [{"method": "GET", "name": "none", "relative_url": "12345"},
             {"method": "GET", "relative_url": "{result=none:$.id}"}]
            """);

    // then
    assertThat(body(items.get(0)).at("/error/code").asInt()).isEqualTo(100);
    assertThat(body(items.get(1)).at("/error/type").asText()).isEqualTo("GraphBatchException");
  }

  @Test
  void losesWhatAFaultMakesItLose() {
    // given
    visitor.post("/twin/faults", "{\"preset\": \"lost-in-a-batch\", \"match\": \"/permissions$\"}");

    // when
    var items =
        batch(
            """
            [{"method": "GET", "relative_url": "me"},
             {"method": "GET", "relative_url": "me/permissions"}]
            """);

    // then
    assertThat(items.at("/0/code").asInt()).isEqualTo(200);
    assertThat(items.get(1).isNull()).isTrue();
  }

  @Test
  void countsEveryItem() {
    // given
    visitor.put("/twin/limits", "{\"scope\": \"user\", \"limit\": 3, \"windowMs\": 600000}");
    var before = visitor.get("/twin/calls", Map.of("limit", "0")).json().get("last").asText();

    // when
    var items = batch(same(5));

    // then
    assertThat(items.findValuesAsText("code")).containsExactly("200", "200", "200", "400", "400");
    assertThat(body(items.get(4)).at("/error/code").asInt()).isEqualTo(17);
    assertThat(visitor.get("/twin/calls", Map.of("after", before)).json().get("items")).hasSize(5);
  }

  @Test
  void takesFiftyAndNoMore() {
    // when
    var most = visitor.postForm("/v25.0", fields(same(50)));
    var more = visitor.postForm("/v25.0", fields(same(51)));

    // then
    assertThat(most.json()).hasSize(50);
    assertThat(more.status()).isEqualTo(400);
    assertThat(more.json().at("/error/message").asText())
        .isEqualTo("Too many requests in batch message. Maximum batch size is 50");
    assertThat(more.json().get("error").has("code")).isFalse();
    assertThat(visitor.postForm("/v25.0", fields("{}")).error()).isEqualTo("400 100");
  }

  @Test
  void readsSeveralNodesAtOnce() {
    // given
    var campaigns = visitor.get("/act_" + account + "/campaigns", asToken()).json();
    var ids = String.join(",", campaigns.get("data").findValuesAsText("id"));

    // when
    var nodes = visitor.get("/", Map.of("ids", ids, "fields", "name", "access_token", token));
    var rows = visitor.get("/v25.0/adsets", Map.of("ids", ids, "access_token", token)).json();
    var one = visitor.get("/v25.0/", Map.of("ids", ids + ",1", "access_token", token));

    // then
    assertThat(nodes.json().findValuesAsText("name"))
        .containsExactly("Campaign 1", "Campaign 2", "Campaign 3");
    assertThat(StreamSupport.stream(rows.spliterator(), false))
        .hasSize(3)
        .allSatisfy(it -> assertThat(it.get("data")).hasSize(1));
    assertThat(one.error()).isEqualTo("400 100/33");
    assertThat(visitor.get("/", Map.of()).text()).contains("<html");
  }

  private static String same(int count) {
    return "["
        + String.join(
            ",", Collections.nCopies(count, "{\"method\":\"GET\",\"relative_url\":\"me\"}"))
        + "]";
  }

  private JsonNode batch(String operations) {
    var answer = visitor.postForm("/v25.0", fields(operations));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private List<Map.Entry<String, String>> fields(String operations) {
    return List.of(Map.entry("access_token", token), Map.entry("batch", operations));
  }

  private Map<String, String> asToken() {
    return Map.of("access_token", token);
  }

  private static JsonNode body(JsonNode item) {
    try {
      return JSON.readTree(item.get("body").asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
