package io.tokenwarden.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.vault.SecretAddress.Purpose;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
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
  @Inject SealedSecrets secrets;

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

  private static <T> T inTransaction(java.util.function.Supplier<Uni<T>> work) {
    return Transactions.inTransaction(work);
  }
}
