package io.tokenwarden.auth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.SecretAddress.Purpose;
import io.tokenwarden.auth.vault.kek.KekException;
import io.tokenwarden.auth.vault.kek.Keysets;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// The vault on the real database.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class VaultIT {
  @Inject Vault vault;
  @Inject SealedSecrets secrets;
  @Inject DataKeys keys;
  @Inject Connections connections;

  @ConfigProperty(name = "tokenwarden.vault.keyset")
  String keyset;

  private final WorkspaceId workspace = WorkspaceId.of("vault-" + UUID.randomUUID());

  @Test
  void keepsASecretUntilItIsForgotten() {
    // given
    var address = new SecretAddress(workspace, Purpose.META_APP_SECRET, "100");
    var first = AppSecret.of(random());
    var second = AppSecret.of(random());

    // when
    inTransaction(() -> secrets.keep(address, first));
    inTransaction(() -> secrets.keep(address, second));

    // then
    assertThat(opened(address)).contains(second.revealSecret());

    // and when
    inTransaction(() -> secrets.forget(address));

    // then
    assertThat(opened(address)).isEmpty();
  }

  @Test
  void aSecretOfAnotherPlaceIsNotOpened() {
    // given
    var own = new SecretAddress(workspace, Purpose.META_APP_SECRET, "100");
    inTransaction(() -> secrets.keep(own, AppSecret.of(random())));

    // when
    inTransaction(() ->
        sql("update sealed_secret set secret_id = '200' where workspace_id = '" + workspace + "'"));

    // then
    var swapped = new SecretAddress(workspace, Purpose.META_APP_SECRET, "200");
    assertThatThrownBy(() -> opened(swapped)).isInstanceOf(VaultException.class);
    assertThat(opened(own)).isEmpty();
  }

  @Test
  void aStagedTokenLiesBesideTheCurrentOneAndIsNeverOpenedInItsPlace() {
    // given
    var current = connected(workspace);
    var token = keptAt(current);

    // when
    var staged = keptAt(current.next());

    // then
    assertThat(opened(current)).contains(token);
    assertThat(opened(current.next())).contains(staged);
  }

  @Test
  void aPromotedTokenIsTheOnlyOne() {
    // given
    var current = connected(workspace);
    keptAt(current);
    var staged = keptAt(current.next());

    // when
    inTransaction(() -> vault.promote(current.next()));

    // then
    assertThat(opened(current)).isEmpty();
    assertThat(opened(current.next())).contains(staged);
  }

  @Test
  void nothingIsPromotedThatWasNotStaged() {
    // given
    var current = connected(workspace);
    var token = keptAt(current);

    // then
    assertThatThrownBy(() -> inTransaction(() -> vault.promote(current.next())))
        .isInstanceOf(VaultException.class);
    assertThat(opened(current)).contains(token);
  }

  @Test
  void aRejectedTokenIsForgottenAndTheCurrentOneStays() {
    // given
    var current = connected(workspace);
    var token = keptAt(current);
    keptAt(current.next());

    // when
    inTransaction(() -> vault.forgetAllBut(current));

    // then
    assertThat(opened(current)).contains(token);
    assertThat(opened(current.next())).isEmpty();
  }

  @Test
  void aForgottenConnectionHasNoToken() {
    // given
    var current = connected(workspace);
    keptAt(current);
    keptAt(current.next());

    // when
    inTransaction(() -> vault.forget(current.connection()));

    // then
    assertThat(opened(current)).isEmpty();
    assertThat(opened(current.next())).isEmpty();
  }

  /// Each of these is one change to a row that opens in the same test.
  @Test
  void rowsCannotBeSwapped() {
    // given
    var own = connected(workspace);
    var foreign = connected(WorkspaceId.of("foreign-" + UUID.randomUUID()));
    var token = keptAt(own);
    keptAt(foreign);
    var sealed = sealed(own);
    assertThat(opened(own)).contains(token);

    // then
    put(own.next(), sealed);
    assertThatThrownBy(() -> opened(own.next())).isInstanceOf(VaultException.class);
    var sibling = connected(workspace);
    put(sibling, sealed);
    assertThatThrownBy(() -> opened(sibling)).isInstanceOf(VaultException.class);
    put(foreign, sealed);
    assertThatThrownBy(() -> opened(foreign)).isInstanceOf(VaultException.class);
    swapKeys(own, foreign);
    assertThatThrownBy(() -> opened(own)).isInstanceOf(KekException.class);
    swapKeys(own, foreign);
    assertThat(opened(own)).contains(token);
  }

  /// A backup of everything but the keys is worth nothing after that.
  @Test
  void shreddingAWorkspaceMakesItsTokensUnreadableInEveryCopy() {
    // given
    var shredded = connected(workspace);
    keptAt(shredded);
    var secret = new SecretAddress(workspace, Purpose.META_APP_SECRET, "100");
    inTransaction(() -> secrets.keep(secret, AppSecret.of(random())));
    var spared = connected(WorkspaceId.of("spared-" + UUID.randomUUID()));
    var token = keptAt(spared);
    var backup = sealed(shredded);

    // when
    inTransaction(() -> vault.shred(workspace));

    // then
    assertThat(opened(shredded)).isEmpty();
    assertThat(opened(secret)).isEmpty();
    put(shredded, backup);
    assertThat(opened(shredded)).isEmpty();
    keptAt(connected(workspace));
    assertThatThrownBy(() -> opened(shredded)).isInstanceOf(VaultException.class);
    assertThat(opened(spared)).contains(token);
  }

  /// Everything in the database as a thief of a dump has it, and all our files but the key.
  @Test
  void aDumpHoldsNoTokenInAnyEncoding() throws Exception {
    // given
    var address = connected(workspace);
    var token = keptAt(address);
    var secret = random();
    var place = new SecretAddress(workspace, Purpose.WEBHOOK_VERIFY_TOKEN, "100");
    inTransaction(() -> secrets.keep(place, AppSecret.of(secret)));

    // when
    var dump = Dump.of("auth");

    // then
    assertThat(dump.holds(address.connection().toString())).isTrue();
    assertThat(dump.holds(hex(sealed(address)))).isTrue();
    assertThat(dump.holds(token)).isFalse();
    assertThat(dump.holds(secret)).isFalse();
    assertThat(opened(address)).contains(token);
  }

  @Test
  void anotherOperatorsKeyUnwrapsNoKeyOfADump() throws Exception {
    // given
    var address = connected(workspace);
    keptAt(address);
    var stored = inTransaction(() -> keys.read(workspace)).orElseThrow();
    var wrapped = DataKeyset.wrappedIn(stored.wrapped());
    var binding = ("tokenwarden/data-key/v1\n" + workspace).getBytes(UTF_8);
    var file = Path.of(keyset.substring("file:".length()));

    // then
    assertThat(aead(Files.readString(file)).decrypt(wrapped, binding)).isNotEmpty();
    assertThatThrownBy(() -> aead(Keysets.random()).decrypt(wrapped, binding))
        .isInstanceOf(GeneralSecurityException.class);
  }

  private static Aead aead(String keyset) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get())
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  private TokenAddress connected(WorkspaceId owner) {
    var metaUser = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
    return inTransaction(() -> connections.connect(owner, "ann", TestConnections.token(metaUser)))
        .tokenAddress();
  }

  private String keptAt(TokenAddress address) {
    var token = random();
    inTransaction(() -> vault.stage(address, AccessToken.of(token)));
    return token;
  }

  private Optional<String> opened(TokenAddress address) {
    return inTransaction(() -> vault.open(address)).map(AccessToken::revealSecret);
  }

  private static byte[] sealed(TokenAddress address) {
    return inTransaction(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery(
                        "select sealed from access_token"
                            + " where connection_id = :connection and generation = :generation",
                        byte[].class)
                    .setParameter("connection", address.connection().value())
                    .setParameter("generation", address.generation())
                    .getSingleResult()));
  }

  private static void put(TokenAddress address, byte[] sealed) {
    inTransaction(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery(
                        "insert into access_token (connection_id, generation, sealed, created_at)"
                            + " values (:connection, :generation, :sealed, now())"
                            + " on conflict (connection_id, generation)"
                            + " do update set sealed = excluded.sealed")
                    .setParameter("connection", address.connection().value())
                    .setParameter("generation", address.generation())
                    .setParameter("sealed", sealed)
                    .executeUpdate()));
  }

  private static void swapKeys(TokenAddress one, TokenAddress other) {
    inTransaction(() ->
        sql(
            """
            update workspace_key key set wrapped = another.wrapped from workspace_key another
            where (key.workspace_id = '%1$s' and another.workspace_id = '%2$s')
               or (key.workspace_id = '%2$s' and another.workspace_id = '%1$s')
            """
                .formatted(one.workspace(), other.workspace())));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private Optional<String> opened(SecretAddress address) {
    return inTransaction(() -> secrets.open(address)).map(AppSecret::revealSecret);
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
