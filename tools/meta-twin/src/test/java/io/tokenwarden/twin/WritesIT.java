package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an app writes can be read afterwards, in whatever form it was sent.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class WritesIT {

  private static final String ADS = "ads_read,ads_management";

  @TestHTTPResource("/")
  URI twin;

  @Inject TwinConfig config;

  private Visitor visitor;
  private String account;
  private String token;

  @BeforeEach
  void connectABuyer() {
    visitor = new Visitor(twin);
    var buyer =
        visitor
            .post("/twin/people", "{\"name\": \"Buyer\", \"adAccounts\": [{\"campaigns\": 2}]}")
            .json();
    account = buyer.at("/adAccounts/0/id").asText();
    token = visitor.redeem(visitor.dance(buyer.get("id").asText(), ADS)).token();
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "JSON", "multipart", "query"})
  void takesAWriteInEveryForm(String form) {
    // when
    var made =
        write(
            form,
            "/v25.0/act_" + account + "/campaigns",
            Map.of(
                "name", "Späti & Söhne",
                "status", "PAUSED",
                "objective", "OUTCOME_LEADS",
                "special_ad_categories", "[\"HOUSING\"]",
                "access_token", token));

    // then
    assertThat(made.status()).isEqualTo(200);
    var read =
        read(
            made.json().get("id").asText(),
            "account_id,name,status,effective_status,objective,special_ad_categories");
    assertThat(read.get("account_id").asText()).isEqualTo(account);
    assertThat(read.get("name").asText()).isEqualTo("Späti & Söhne");
    assertThat(read.get("status").asText()).isEqualTo("PAUSED");
    assertThat(read.get("effective_status").asText()).isEqualTo("PAUSED");
    assertThat(read.get("objective").asText()).isEqualTo("OUTCOME_LEADS");
    assertThat(read.get("special_ad_categories").get(0).asText()).isEqualTo("HOUSING");
  }

  @Test
  void makesAnAdInAnAdSetInACampaign() {
    // when
    var campaign = make("campaigns", Map.of("name", "Autumn"));
    var adSet = make("adsets", Map.of("name", "Rome", "campaign_id", campaign));
    var ad =
        make(
            "ads",
            Map.of("name", "Film", "adset_id", adSet, "creative", "{\"creative_id\":\"7\"}"));

    // then
    var read = read(ad, "adset_id,campaign_id,creative,status");
    assertThat(read.get("adset_id").asText()).isEqualTo(adSet);
    assertThat(read.get("campaign_id").asText()).isEqualTo(campaign);
    assertThat(read.at("/creative/creative_id").asText()).isEqualTo("7");
    assertThat(ids("/" + campaign + "/adsets")).containsExactly(adSet);
    assertThat(ids("/" + campaign + "/ads")).containsExactly(ad);
    assertThat(ids("/" + adSet + "/ads")).containsExactly(ad);
    assertThat(ids("/act_" + account + "/ads")).hasSize(5).contains(ad);
    assertThat(written())
        .extracting(it -> it.get("id").asText())
        .containsExactly(campaign, adSet, ad);
  }

  @Test
  void changesWhatAnAccountCameWith() {
    // given
    var adSet = ids("/act_" + account + "/adsets").getFirst();

    // when
    var changed = post("/" + adSet, Map.of("daily_budget", "1500", "status", "PAUSED"));

    // then
    assertThat(changed.json().get("success").asBoolean()).isTrue();
    var read = read(adSet, "name,daily_budget,status,campaign_id");
    assertThat(read.get("daily_budget").asText()).isEqualTo("1500");
    assertThat(read.get("status").asText()).isEqualTo("PAUSED");
    assertThat(read.get("name").asText()).contains("Broad audience");
    assertThat(read.get("campaign_id").asText()).isNotEmpty();
  }

  @Test
  void listsNothingThatWasDeletedAndStillShowsIt() {
    // given
    var campaign = make("campaigns", Map.of("name", "Short"));

    // when
    var gone = visitor.delete("/v25.0/" + campaign, asToken());

    // then
    assertThat(gone.json().get("success").asBoolean()).isTrue();
    assertThat(ids("/act_" + account + "/campaigns")).hasSize(2).doesNotContain(campaign);
    assertThat(read(campaign, "status").get("status").asText()).isEqualTo("DELETED");
  }

  @Test
  void writesNothingThatIsOnlyToBeValidated() {
    // given
    var campaign = ids("/act_" + account + "/campaigns").getFirst();
    var only = Map.of("name", "Never", "execution_options", "[\"validate_only\"]");

    // when
    var answers = List.of(post("/act_" + account + "/campaigns", only), post("/" + campaign, only));

    // then
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("{\"success\":true}"));
    assertThat(written()).isEmpty();
    assertThat(
            post(
                    "/act_" + account + "/campaigns",
                    Map.of("execution_options", "[\"validate_only\"]"))
                .error())
        .isEqualTo("400 100");
  }

  @ParameterizedTest
  @CsvSource({
    "campaigns, status=PAUSED",
    "campaigns, name=Autumn&status=RUNNING",
    "adsets, name=Rome",
    "adsets, name=Rome&campaign_id=17",
    "ads, name=Film",
    "adimages, name=Film",
    "advideos, title=Film"
  })
  void refusesWhatIsIncomplete(String edge, String values) {
    // when
    var refused = visitor.postForm("/act_" + account + "/" + edge + "?" + values, asFields());

    // then
    assertThat(refused.error()).isEqualTo("400 100");
    assertThat(written()).isEmpty();
  }

  @Test
  void refusesWritesWithoutThePermission() {
    // given
    var campaign = ids("/act_" + account + "/campaigns").getFirst();
    var buyer = visitor.post("/twin/people", "{\"name\": \"Reader\"}").json();
    var mine = buyer.at("/adAccounts/0/id").asText();
    var other = visitor.connect(buyer.get("id").asText());

    // then
    assertThat(
            visitor
                .postForm(
                    "/act_" + mine + "/campaigns",
                    fields(Map.of("name", "x", "access_token", other)))
                .error())
        .isEqualTo("403 200");
    assertThat(visitor.delete("/" + campaign, Map.of("access_token", other)).error())
        .isEqualTo("400 100/33");
  }

  @Test
  void knowsAnImageByItsContent() throws IOException {
    // given
    var content = new byte[300_000];
    new Random(7).nextBytes(content);

    // when
    var first = upload("adimages", "filename", "summer.png", content);
    var second =
        post(
            "/act_" + account + "/adimages",
            Map.of("bytes", Base64.getEncoder().encodeToString(content)));

    // then
    var hash = md5(content);
    assertThat(first.json().at("/images/summer.png/hash").asText()).isEqualTo(hash);
    assertThat(second.json().at("/images/bytes/hash").asText()).isEqualTo(hash);
    var found =
        visitor.get(
            "/act_" + account + "/adimages",
            Map.of(
                "fields",
                "hash,account_id",
                "hashes",
                "[\"" + hash + "\"]",
                "access_token",
                token));
    assertThat(found.json().get("data")).hasSize(1);
    assertThat(found.json().at("/data/0/hash").asText()).isEqualTo(hash);
    assertThat(uploadedFiles()).isZero();
  }

  @Test
  void takesAVideo() throws IOException {
    // given
    var content = "moving pictures".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    // when
    var made = upload("advideos", "source", "film.mp4", content);

    // then
    assertThat(read(made.json().get("id").asText(), "title").get("title").asText())
        .isEqualTo("film.mp4");
    assertThat(written().getFirst().at("/values/hash").asText()).isEqualTo(md5(content));
  }

  private long uploadedFiles() throws IOException {
    var folder = config.data().resolve("uploads");
    return Awaitility.await()
        .until(
            () -> {
              try (var files = Files.list(folder)) {
                return files.count();
              }
            },
            count -> count == 0);
  }

  private Visitor.Answer write(String form, String path, Map<String, String> values) {
    return switch (form) {
      case "form" -> visitor.postForm(path, fields(values));
      case "JSON" -> visitor.post(path, json(values));
      case "multipart" -> visitor.postParts(path, values);
      default -> visitor.postForm(path + "?" + Visitor.form(fields(values)), List.of());
    };
  }

  /// As an SDK writes it: what is JSON in a form is JSON here.
  private static String json(Map<String, String> values) {
    return Visitor.jsonOf(values).replace("\"[\\\"HOUSING\\\"]\"", "[\"HOUSING\"]");
  }

  private String make(String edge, Map<String, String> values) {
    var made = post("/act_" + account + "/" + edge, values);
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    return made.json().get("id").asText();
  }

  private Visitor.Answer post(String path, Map<String, String> values) {
    var fields = Stream.concat(values.entrySet().stream(), asToken().entrySet().stream()).toList();
    return visitor.postForm("/v25.0" + path, fields);
  }

  private Visitor.Answer upload(String edge, String part, String name, byte[] content) {
    return visitor.postFile("/v25.0/act_" + account + "/" + edge, asToken(), part, name, content);
  }

  private JsonNode read(String id, String fields) {
    return visitor.get("/v25.0/" + id, Map.of("fields", fields, "access_token", token)).json();
  }

  private List<String> ids(String path) {
    return stream(visitor.get("/v25.0" + path, asToken()).json().get("data"))
        .map(it -> it.get("id").asText())
        .toList();
  }

  private List<JsonNode> written() {
    return stream(visitor.get("/twin/ad-objects", Map.of("account", account)).json()).toList();
  }

  private List<Map.Entry<String, String>> asFields() {
    return fields(asToken());
  }

  private Map<String, String> asToken() {
    return Map.of("access_token", token);
  }

  private static List<Map.Entry<String, String>> fields(Map<String, String> values) {
    return List.copyOf(values.entrySet());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
