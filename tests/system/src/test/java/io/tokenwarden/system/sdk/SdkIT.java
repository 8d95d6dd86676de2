package io.tokenwarden.system.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.system.secrets.TwinTokens;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.system.stack.TlsGateway;
import io.tokenwarden.system.stack.Writers;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Meta's own SDKs work with nothing changed but the address, and a handle for a token: Java by
/// TLS, as it knows nothing else, and Node by plain HTTP. What they read is what Meta holds, what
/// they write is what Meta has, and no token of Meta's is in anything they are told.
class SdkIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path HOME =
      Path.of(System.getProperty("tokenwarden.home", "../..")).toAbsolutePath().normalize();

  private final RunningStack stack = RunningStack.shared();
  private final Client client = new Client(stack);
  private final Writers writers = new Writers(stack);
  private final LocalDate until = LocalDate.now(ZoneOffset.UTC).minusDays(2);
  private final LocalDate since = until.minusDays(2);

  @TempDir private Path folder;

  @Test
  void theJavaSdkWorksOverTlsWithNothingChangedButTheAddress() throws Exception {
    // given
    try (var gateway = TlsGateway.beside(stack)) {
      var person = stack.twin().person("User of the Java SDK", 1, 7);
      var handle = writers.handle(writers.connect(person));
      gateway.awaitReady();
      awaitWrites(gateway.plainUrl(), handle);

      // when
      var report = javaSuite(gateway).run(order(gateway.url(), handle, person), folder);

      // then
      everythingIsAsMetaHasIt(report, person);
      assertThat(ids(report.get("futures"))).isEqualTo(ids(report.at("/campaigns/all")));
      assertThat(report.get("video").asText()).isIn(written(person, "VIDEO", "/id"));
      var batch = report.get("batch");
      assertThat(batch).hasSize(50);
      assertThat(parsed(batch.get(0)).at("/data/0/id").asText())
          .isEqualTo(report.at("/campaigns/all/0").asText());
      assertThat(parsed(batch.get(47)).get("code").asInt()).isEqualTo(400);
      var adSet = written(person, parsed(batch.get(49)).get("id").asText());
      assertThat(adSet.at("/values/campaign_id").asText())
          .isEqualTo(parsed(batch.get(48)).get("id").asText());
    }
  }

  @Test
  void theNodeSdkWorksWithNothingChangedButTheAddress() throws Exception {
    assumeThat(NodeSuite.isPossible()).as("node and npm are on the PATH").isTrue();

    // given
    var installed = CompletableFuture.supplyAsync(() -> NodeSuite.installed(HOME));
    var person = stack.twin().person("User of the Node SDK", 1, 7);
    var handle = writers.handle(writers.connect(person));
    var gateway = stack.service("graph-gateway");
    awaitWrites(gateway, handle);

    // when
    var report = installed.join().run(order(gateway, handle, person), folder);

    // then
    everythingIsAsMetaHasIt(report, person);
    var batch = report.get("batch");
    assertThat(batch).hasSize(50);
    assertThat(batch.at("/0/body/data/0/id").asText())
        .isEqualTo(report.at("/campaigns/all/0").asText());
    assertThat(batch.at("/47/code").asInt()).isEqualTo(400);
    assertThat(batch.at("/48/body/id").asText()).isIn(written(person, "CAMPAIGN", "/id"));
    assertThat(batch.at("/49/body/data")).hasSize(1);
  }

  // ---- what is done

  private Suite.Order order(URI graph, String handle, Person person) throws IOException {
    return new Suite.Order(graph, handle, account(person), since, until, image());
  }

  /// Bytes of every kind: more than fit into one read of anybody's.
  private Path image() throws IOException {
    var file = folder.resolve("image.png");
    if (!Files.exists(file)) {
      var bytes = new byte[100_000];
      new Random(5).nextBytes(bytes);
      Files.write(file, bytes);
    }
    return file;
  }

  private static Suite javaSuite(TlsGateway gateway) throws IOException {
    var target = HOME.resolve("tests/sdk-java/target");
    var classpath =
        target.resolve("classes")
            + File.pathSeparator
            + Files.readString(target.resolve("classpath")).strip();
    return new Suite(
        "sdk-java",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djavax.net.ssl.trustStore=" + gateway.trustStore(),
            "-Djavax.net.ssl.trustStorePassword=" + gateway.trustStorePassword(),
            "-cp",
            classpath,
            "io.tokenwarden.sdk.Suite"),
        HOME,
        Map.of());
  }

  /// Nothing is written before the gateway has heard of the connection.
  private void awaitWrites(URI gateway, String handle) {
    await()
        .atMost(SOON)
        .until(() ->
            client
                    .send(
                        HttpRequest.newBuilder(gateway.resolve("/v25.0/1"))
                            .header("Authorization", "OAuth " + handle)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("name=None"))
                            .build())
                    .statusCode()
                != 503);
  }

  // ---- what came of it

  private void everythingIsAsMetaHasIt(JsonNode report, Person person) throws Exception {
    assertThat(report.get("app").asText()).isEqualTo(stack.metaAppId());
    var truth = stack.twin().truth(account(person), "campaign", since, until);
    assertThat(report.at("/campaigns/pages").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(ids(report.at("/campaigns/all")))
        .containsExactlyInAnyOrderElementsOf(
            elements(truth).map(row -> row.get("campaign_id").asText()).distinct().toList());

    for (var read : List.of("insights", "report")) {
      assertThat(report.at("/" + read + "/pages").asInt()).as(read).isGreaterThanOrEqualTo(3);
      assertThat(report.at("/" + read + "/all"))
          .as(read)
          .containsExactlyInAnyOrderElementsOf(elements(truth).map(SdkIT::read).toList());
    }
    whatWasMadeIsThere(report, person);
    assertThat(report.get("error").toString()).contains("no_such_field");
    assertThat(report.get("errorHeaders").toString().toLowerCase(Locale.ROOT))
        .contains("x-tokenwarden-category")
        .contains("bad_request");
    noTokenIsInAnyAnswer(report);
  }

  private void whatWasMadeIsThere(JsonNode report, Person person) throws Exception {
    var made = ids(report.get("made"));
    var campaign = written(person, made.get(0));
    assertThat(report.get("renamed").asText()).isEqualTo("Renamed – größer");
    assertThat(campaign.at("/values/name").asText()).isEqualTo("Renamed – größer");
    assertThat(campaign.at("/values/objective").asText()).isEqualTo("OUTCOME_SALES");
    assertThat(campaign.at("/values/special_ad_categories").asText()).isEqualTo("[\"NONE\"]");
    assertThat(campaign.at("/values/status").asText()).isEqualTo("DELETED");
    var adSet = written(person, made.get(1));
    assertThat(adSet.at("/values/campaign_id").asText()).isEqualTo(made.get(0));
    assertThat(adSet.at("/values/daily_budget").asText()).isEqualTo("2000");
    assertThat(parsed(adSet.at("/values/targeting")).get("age_min").asInt()).isEqualTo(21);
    assertThat(written(person, made.get(2)).at("/values/adset_id").asText()).isEqualTo(made.get(1));
    assertThat(written(person, "CAMPAIGN", "/values/name")).contains("Made in a batch: 50 %");
    assertThat(report.get("image").asText())
        .isEqualTo(md5(Files.readAllBytes(image())))
        .isIn(written(person, "IMAGE", "/values/hash"));
  }

  private void noTokenIsInAnyAnswer(JsonNode report) {
    var answers = report.get("answers").toString();
    assertThat(report.get("answers").size()).isGreaterThan(20);
    assertThat(TwinTokens.of(stack))
        .isNotEmpty()
        .flatMap(token ->
            token.forms().stream().filter(answers::contains).map(_ -> token.label()).toList())
        .as("tokens found")
        .isEmpty();
  }

  private static JsonNode read(JsonNode truth) {
    ObjectNode row = JSON.createObjectNode();
    List.of("campaign_id", "date_start", "impressions", "spend")
        .forEach(field -> row.set(field, truth.get(field)));
    return row;
  }

  private static String account(Person person) {
    return person.adAccounts().getFirst();
  }

  private JsonNode written(Person person, String id) {
    return elements(stack.twin().written(account(person)))
        .filter(object -> object.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private List<String> written(Person person, String kind, String pointer) {
    return elements(stack.twin().written(account(person)))
        .filter(object -> object.get("kind").asText().equals(kind))
        .map(object -> object.at(pointer).asText())
        .toList();
  }

  private static List<String> ids(JsonNode list) {
    return elements(list).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static JsonNode parsed(JsonNode text) throws IOException {
    return JSON.readTree(text.asText());
  }

  private static String md5(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }
}
