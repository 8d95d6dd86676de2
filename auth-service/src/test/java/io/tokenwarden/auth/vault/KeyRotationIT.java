package io.tokenwarden.auth.vault;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.SecretAddress.Purpose;
import io.tokenwarden.auth.vault.kek.Keysets;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Keys are changed while everything goes on.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class KeyRotationIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject Vault vault;
  @Inject SealedSecrets secrets;
  @Inject DataKeys keys;
  @Inject Connections connections;

  @ConfigProperty(name = "tokenwarden.vault.keyset")
  String keyset;

  private final WorkspaceId workspace = WorkspaceId.of("rotation-" + UUID.randomUUID());

  @AfterEach
  void nothingIsUnderWay() {
    finished();
  }

  @Test
  void wrapsEveryWorkspacesKeyWithTheNewPrimary() throws IOException {
    // given
    var token = kept(workspace);
    var before = stored(workspace);

    // when
    addPrimary();
    var started = rotate("{}");

    // then
    started.then().statusCode(200);
    var keys = finished();
    assertThat(keys.getList("wrappedWith.kekId")).containsExactly(keys.getString("kekId"));
    assertThat(keys.getString("kekId")).isNotEqualTo(before.kekId());
    assertThat(keys.getLong("rotation.done"))
        .isEqualTo(keys.getLong("rotation.total"))
        .isPositive();
    assertThat(keys.getLong("rotation.failing")).isZero();
    assertThat(stored(workspace).wrapped()).isNotEqualTo(before.wrapped());
    assertThat(primaryId(workspace)).isEqualTo(primaryId(before));
    assertThat(opened(token)).contains(token.text());
  }

  @Test
  void thereIsNothingToDoTwice() throws IOException {
    // given
    kept(workspace);
    addPrimary();
    rotate("{}").then().statusCode(200);
    finished();

    // when
    var again = rotate("{}");

    // then
    again.then().statusCode(200).body("rotation.total", equalTo(0));
    assertThat(again.jsonPath().getString("rotation.finishedAt")).isNotNull();
  }

  @Test
  void givesEachWorkspaceANewDataKeyAndTakesTheOldOneAway() {
    // given
    var tokens = Stream.generate(() -> kept(workspace)).limit(3).toList();
    var secret = AppSecret.of(random());
    var address = new SecretAddress(workspace, Purpose.META_APP_SECRET, "100");
    inTransaction(() -> secrets.keep(address, secret));
    var before = stored(workspace);
    var sealedBefore = sealed(tokens.getFirst());

    // when
    rotate("{\"dataKeys\": true}").then().statusCode(200);
    finished();

    // then
    assertThat(tokens).allSatisfy(token -> assertThat(opened(token)).contains(token.text()));
    assertThat(inTransaction(() -> secrets.open(address)).map(AppSecret::revealSecret))
        .contains(secret.revealSecret());
    assertThat(primaryId(workspace)).isNotEqualTo(primaryId(before));
    assertThat(keyset(stored(workspace)).size()).isEqualTo(1);
    var copy = tokens.getFirst();
    putBack(copy, sealedBefore);
    assertThatThrownBy(() -> opened(copy)).isInstanceOf(VaultException.class);
  }

  /// Whoever reads and writes meanwhile notices nothing.
  @Test
  void tokensAreReadAndStoredMeanwhile() {
    // given
    var read = Stream.generate(() -> kept(workspace)).limit(60).toList();
    var over = new AtomicBoolean();
    var reading =
        Meanwhile.run(() -> {
          for (int i = 0; !over.get(); i++) {
            var token = read.get(i % read.size());
            assertThat(opened(token)).contains(token.text());
          }
        });
    var writing =
        Meanwhile.get(() -> {
          var written = kept(workspace);
          while (!over.get()) {
            written = staged(written.address().plus(1));
          }
          return written;
        });

    // when
    for (int i = 0; i < 3; i++) {
      rotate("{\"dataKeys\": true}").then().statusCode(200);
      finished();
    }
    over.set(true);

    // then
    reading.join();
    var last = writing.join();
    assertThat(opened(last)).contains(last.text());
  }

  @Test
  void whatFailsIsShownAndTriedAgain() {
    // given
    var token = kept(workspace);
    var broken = WorkspaceId.of("broken-" + UUID.randomUUID());
    kept(broken);
    var good = stored(broken);
    inTransaction(() ->
        sql(
            "update workspace_key set wrapped = '\\x1203010203' where workspace_id = '"
                + broken
                + "'"));

    // when
    rotate("{\"dataKeys\": true}").then().statusCode(200);

    // then
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var keys = keys();
          assertThat(keys.getLong("rotation.failing")).isEqualTo(1);
          assertThat(keys.getLong("rotation.done")).isEqualTo(keys.getLong("rotation.total") - 1);
          assertThat(keys.getString("rotation.lastFailure")).isEqualTo("VAULT_KEY_REFUSED");
          assertThat(keys.getString("rotation.finishedAt")).isNull();
        });
    assertThat(opened(token)).contains(token.text());
    rotate("{}").then().statusCode(409).body("code", equalTo("ROTATION_UNDER_WAY"));

    // and when
    inTransaction(
        () -> keys.replace(broken, new StoredKey(new byte[] {0x12, 3, 1, 2, 3}, null), good));

    // then
    assertThat(finished().getLong("rotation.failing")).isZero();
  }

  /// As it was stored before it was written down which key it is wrapped with.
  @Test
  void theFirstFormOfAWrappedKeyIsReadAndRotated() throws Exception {
    // given
    var kek =
        TinkJsonProtoKeysetFormat.parseKeyset(
                Files.readString(keysetFile()), InsecureSecretKeyAccess.get())
            .getPrimitive(RegistryConfiguration.get(), Aead.class);
    var wrapped =
        TinkProtoKeysetFormat.serializeEncryptedKeyset(
            KeysetHandle.generateNew(KeyTemplates.get("AES256_GCM")),
            kek,
            ("tokenwarden/data-key/v1\n" + workspace).getBytes(StandardCharsets.UTF_8));
    inTransaction(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery(
                        "insert into workspace_key (workspace_id, wrapped, created_at)"
                            + " values (:workspace, :wrapped, now())")
                    .setParameter("workspace", workspace.value())
                    .setParameter("wrapped", wrapped)
                    .executeUpdate()));
    var token = kept(workspace);

    // when
    rotate("{}").then().statusCode(200);
    var keys = finished();

    // then
    assertThat(stored(workspace).kekId()).isEqualTo(keys.getString("kekId"));
    assertThat(opened(token)).contains(token.text());
  }

  @Test
  void onlyWhoAnswersForAllWorkspacesMayRotate() {
    for (var role : List.of("viewer", "operator", "service")) {
      given()
          .auth()
          .oauth2(SharedParts.bearers().of("ann", List.of(role), List.of("*")))
          .get("/auth/keys")
          .then()
          .statusCode(403);
    }
    given()
        .auth()
        .oauth2(SharedParts.bearers().of("ann", List.of("security-admin"), List.of("demo")))
        .contentType("application/json")
        .body("{}")
        .post("/auth/keys/rotate")
        .then()
        .statusCode(403);
    given().get("/auth/keys").then().statusCode(401);
    rotate("{\"dataKeys\": \"some\"}").then().statusCode(400);
    rotate("{").then().statusCode(400);
  }

  // ---- the operator

  private static Response rotate(String order) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().of("sec", List.of("security-admin"), List.of("*")))
        .contentType("application/json")
        .body(order)
        .post("/auth/keys/rotate");
  }

  private static JsonPath keys() {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().of("sec", List.of("security-admin"), List.of("*")))
        .get("/auth/keys")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static JsonPath finished() {
    return await()
        .atMost(SOON)
        .until(
            KeyRotationIT::keys,
            keys -> keys.get("rotation") == null || keys.getString("rotation.finishedAt") != null);
  }

  private void addPrimary() throws IOException {
    Files.writeString(keysetFile(), Keysets.withNewPrimary(Files.readString(keysetFile())));
  }

  private Path keysetFile() {
    return Path.of(keyset.substring("file:".length()));
  }

  // ---- what is kept

  private record Kept(TokenAddress address, String text) {}

  /// A token of a connection that is made for it.
  private Kept kept(WorkspaceId owner) {
    var metaUser = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
    var connection =
        inTransaction(() -> connections.connect(owner, "ann", TestConnections.token(metaUser)));
    return staged(connection.tokenAddress().plus(1));
  }

  private Kept staged(TokenAddress address) {
    var text = random();
    inTransaction(() -> vault.replace(address, AccessToken.of(text)));
    return new Kept(address, text);
  }

  private Optional<String> opened(Kept token) {
    return inTransaction(() -> vault.open(token.address())).map(AccessToken::revealSecret);
  }

  private static byte[] sealed(Kept token) {
    return inTransaction(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery(
                        "select sealed from access_token where connection_id = :connection",
                        byte[].class)
                    .setParameter("connection", token.address().connection().value())
                    .getSingleResult()));
  }

  private static void putBack(Kept token, byte[] sealed) {
    inTransaction(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery(
                        "update access_token set sealed = :sealed where connection_id ="
                            + " :connection")
                    .setParameter("connection", token.address().connection().value())
                    .setParameter("sealed", sealed)
                    .executeUpdate()));
  }

  private StoredKey stored(WorkspaceId owner) {
    return inTransaction(() -> keys.read(owner)).orElseThrow();
  }

  private DataKeyset keyset(StoredKey stored) {
    return Transactions.await(() -> keys.unwrap(workspace, stored.wrapped())).keyset();
  }

  private long primaryId(WorkspaceId owner) {
    return primaryId(stored(owner));
  }

  private long primaryId(StoredKey stored) {
    return keyset(stored).primaryId();
  }

  private static Uni<Integer> sql(String statement) {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(statement).executeUpdate());
  }

  private static String random() {
    return UUID.randomUUID().toString();
  }

  private static <T> T inTransaction(Supplier<Uni<T>> work) {
    return Transactions.inTransaction(work);
  }
}
