package io.tokenwarden.auth.access;

import static io.tokenwarden.auth.Acts.as;
import static io.tokenwarden.auth.Acts.connect;
import static io.tokenwarden.auth.Acts.connection;
import static io.tokenwarden.auth.Acts.listAccess;
import static io.tokenwarden.auth.Traces.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TwinParts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a connection reaches beside ad accounts, as it is listed and listed again.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class InventoryIT {
  private static final Map<String, ?> SHOP = Map.of("id", "900001", "name", "Shop");
  private static final Map<String, ?> AGENCY = Map.of("id", "900002", "name", "Agency");
  private static final Map<String, ?> PAGE =
      Map.of("id", "700001", "name", "Page", "businessId", "900001");
  private static final Map<String, ?> CATALOG =
      Map.of("id", "600001", "name", "Catalog", "businessId", "900001");

  private final MetaTwin twin = TwinParts.twin();
  private final TopicReader topics = TopicReader.shared();
  private String connection;

  @BeforeEach
  void somebody() {
    connection = connect(twin.person("Inventory", 1, 1));
  }

  @Test
  void everyKindIsShownWithWhatItBelongsTo() {
    // when
    list(
        Map.of(
            "pages", List.of(PAGE),
            "catalogs", List.of(CATALOG),
            "pixels", List.of(pixel("500001", "500002")),
            "businesses", List.of(SHOP, AGENCY)));

    // then
    var assets = assets();
    assertThat(assets.<String>getList("items.assetType"))
        .containsExactly("CATALOG", "PAGE", "PIXEL");
    assertThat(assets.<String>getList("items.assetId"))
        .containsExactly("600001", "700001", "800001");
    assertThat(assets.<String>getList("items.businessId"))
        .containsExactly("900001", "900001", "900001");
    assertThat(assets.<Boolean>getList("items.available")).containsOnly(true);
    assertThat(linksOfThePixel(assets)).containsExactly("500001", "500002");
    assertThat(businesses()).containsExactly("900001 Shop", "900002 Agency");
    for (var id : List.of("600001", "700001", "800001")) {
      topics.await("asset.available", connection + "/" + id, 1);
    }
  }

  @Test
  void whatChangedIsANewRevisionAndNothingElseIs() {
    // given
    list(Map.of("pages", List.of(PAGE), "pixels", List.of(pixel("500001", "500002"))));

    // when
    list(Map.of("pages", List.of(PAGE), "pixels", List.of(pixel("500003"))));

    // then
    var assets = assets();
    assertThat(linksOfThePixel(assets)).containsExactly("500003");
    assertThat(assets.<Integer>getList("items.revision")).containsExactly(1, 2);
    var events = topics.await("asset.health", connection + "/800001", 2);
    assertThat(events.getLast().header("ce_revision")).contains("2");
  }

  @Test
  void whatAListingLeavesUnsaidStaysAsItWasKnown() {
    // given
    list(Map.of("pages", List.of(PAGE), "businesses", List.of(SHOP)));

    // when
    list(Map.of("pages", List.of(Map.of("id", "700001"))));

    // then
    assertThat(assets().getString("items[0].name")).isEqualTo("Page");
    assertThat(assets().getString("items[0].businessId")).isEqualTo("900001");
    assertThat(businesses()).containsExactly("900001 Shop");
  }

  @Test
  void aBusinessIsForgottenByAWholeListingAlone() {
    // given
    list(Map.of("businesses", List.of(SHOP, AGENCY)));

    // when
    list(Map.of("complete", false, "businesses", List.of(SHOP)));

    // then
    assertThat(businesses()).hasSize(2);

    // and when
    list(Map.of("businesses", List.of(SHOP)));

    // then
    assertThat(businesses()).containsExactly("900001 Shop");
  }

  // ---- what a listing leaves out

  @ParameterizedTest
  @ValueSource(strings = {"pages", "catalogs"})
  void whatIsLostIsUnavailableUntilItIsBack(String kind) {
    // given
    var person = twin.person("Loses one of the " + kind, 1, 1);
    connection = connect(person, "full");
    var id = listed(person, kind);

    // when
    twin.happens(person, kind + "/" + id + "/lose");
    list(Map.of(kind, List.of()));

    // then
    var lost = json(topics.await("asset.unavailable", connection + "/" + id, 1).getFirst());
    assertThat(lost.get("available").asBoolean()).isFalse();
    assertThat(lost.get("remedy").asText()).isEqualTo("assign_asset");
    assertThat(lost.get("cause").isNull()).as("no condition").isTrue();
    assertThat(assets().getBoolean("items[0].available")).isFalse();
    assertThat(connection(connection).at("/health/conditions")).isEmpty();

    // and when
    twin.happens(person, kind + "/" + id + "/regain");

    // then
    topics.await("asset.available", connection + "/" + id, 2);
    assertThat(assets().getBoolean("items[0].available")).isTrue();
    assertThat(topics.all("asset.unavailable", connection + "/" + id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pages", "catalogs"})
  void whatIsStillThereIsAskedForAndStays(String kind) {
    // given
    var person = twin.person("Keeps all " + kind, 1, 1);
    connection = connect(person, "full");
    var id = listed(person, kind);
    var revision = revision();

    // when
    list(Map.of(kind, List.of()));

    // then
    await().untilAsserted(() -> assertThat(revision()).isGreaterThan(revision));
    assertThat(assets().getBoolean("items[0].available")).isTrue();
    assertThat(topics.all("asset.unavailable", connection + "/" + id)).isEmpty();
  }

  /// More than are asked about at once.
  @Test
  void ofManyLostAtOnceNoneIsForgotten() {
    // given
    connection = connect(twin.person("Loses many pages", 1, 1), "full");
    var pages =
        LongStream.range(710_000, 710_060).mapToObj(id -> Map.of("id", Long.toString(id))).toList();
    list(Map.of("pages", pages));

    // when
    list(Map.of("pages", List.of()));

    // then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(assets().<Boolean>getList("items.available"))
                .hasSize(pages.size())
                .containsOnly(false));
  }

  @Test
  void whatIsHiddenForWantOfAPermissionIsNotLost() {
    // given
    var person = twin.person("Hides the pages", 1, 1);
    connection = connect(person, "pages");
    var id = listed(person, "pages");

    // when
    twin.withdraw(person, "pages_show_list");
    list(Map.of("pages", List.of()));

    // then
    var missing = json(topics.await("scope.missing", connection, 1).getFirst());
    assertThat(missing.at("/scopes/0").asText()).isEqualTo("pages_show_list");
    assertThat(assets().getBoolean("items[0].available")).isTrue();
    assertThat(topics.all("asset.unavailable", connection + "/" + id)).isEmpty();
  }

  /// The one thing of its kind that the person has.
  private String listed(Person person, String kind) {
    var business = twin.businessOf(person);
    var id = kind.equals("pages") ? business.pageId() : business.catalogId();
    list(Map.of(kind, List.of(Map.of("id", id, "name", "Theirs"))));
    return id;
  }

  private long revision() {
    return connection(connection).get("revision").asLong();
  }

  // ---- listing and looking

  private static Map<String, ?> pixel(String... adAccounts) {
    return Map.of(
        "id", "800001",
        "name", "Pixel",
        "businessId", "900001",
        "adAccounts", List.of(adAccounts));
  }

  private void list(Map<String, ?> lists) {
    listAccess(connection, 1, lists).then().statusCode(204);
  }

  private JsonPath assets() {
    return get("assets");
  }

  private static List<String> linksOfThePixel(JsonPath assets) {
    return assets.getList("items.find { it.assetType == 'PIXEL' }.adAccounts");
  }

  private List<String> businesses() {
    return get("businesses").getList("items.collect { it.id + ' ' + it.name }");
  }

  private JsonPath get(String what) {
    return as("viewer")
        .get("/auth/connections/" + connection + "/" + what)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
