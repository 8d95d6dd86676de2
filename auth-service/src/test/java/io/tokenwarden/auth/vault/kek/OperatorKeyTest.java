package io.tokenwarden.auth.vault.kek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.testsupport.MutableClock;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What start, readiness and callers see of the operator's key.
class OperatorKeyTest {
  private static final byte[] BINDING = {1};

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-22T09:00:00Z"));
  private final String token = UUID.randomUUID().toString();
  private final TransitStandIn vault = new TransitStandIn(token, "operator");

  @AfterEach
  void stop() {
    vault.close();
    vertx.closeAndAwait();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keyset.json",
        "",
        "env:NOWHERE",
        "file:/nowhere/keyset.json",
        "vault-transit:",
        "vault-transit:not an address",
        "vault-transit:ftp://vault/v1/transit/keys/operator?token=env:TOKEN",
        "vault-transit:https://vault/transit/operator?token=env:TOKEN",
        "vault-transit:https://vault/v1/transit/keys/operator",
        "vault-transit:https://vault/v1/transit/keys/operator?token=s.written-here",
        "vault-transit:https://vault/v1/transit/keys/operator?token=env:NOWHERE",
        "aws-kms:arn:aws:kms:eu-west-1:1:key/1",
        "gcp-kms:projects/p/locations/l/keyRings/r/cryptoKeys/k"
      })
  void refusesToStartOnAWrongReference(String reference) {
    assertThatThrownBy(() -> started(reference))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("TOKENWARDEN_VAULT_KEYSET: ")
        .hasMessageNotContaining("s.written-here")
        .hasNoCause();
  }

  @Test
  void saysWhichSchemesAreBuiltIn() {
    assertThatThrownBy(() -> started("gcp-kms:projects/p"))
        .hasMessageContaining("'gcp-kms:' is not built in; file:, env: and vault-transit: are");
  }

  @Test
  void refusesToStartOnAFileThatIsNoKeysetAndRepeatsNothingOfIt() throws IOException {
    // given
    var rubbish = Files.writeString(folder.resolve("rubbish"), "{\"primaryKeyId\": 12345}");

    // then
    assertThatThrownBy(() -> started("file:" + rubbish))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(rubbish.toString())
        .hasMessageNotContaining("12345");
  }

  @Test
  void refusesToStartIfVaultDoesNotKnowTheKeyOrTheToken() {
    assertThatThrownBy(() -> started(transit("another", "TOKEN")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("HTTP 404");
    assertThatThrownBy(() -> started(transit("operator", "WRONG_TOKEN")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("HTTP 403")
        .hasMessageNotContaining(token);
  }

  @Test
  void isNotReadyBeforeTheKeyHasAnsweredAndStaysReadyWhenItIsAway() {
    // given
    vault.refuse(503);

    // when
    var key = started(transit("operator", "TOKEN"));
    var ready = new OperatorKeyReady(key);

    // then
    assertThat(now(ready.call()).getStatus()).isEqualTo(Status.DOWN);

    // and when
    vault.refuse(0);

    // then
    assertThat(now(ready.call()).getStatus()).isEqualTo(Status.UP);
    assertThat(now(ready.call()).getData().orElseThrow()).containsEntry("away", false);

    // and when
    vault.refuse(503);
    assertThatThrownBy(() -> now(key.primary())).isInstanceOf(KekUnavailableException.class);

    // then
    assertThat(now(ready.call()).getStatus()).isEqualTo(Status.UP);
    assertThat(now(ready.call()).getData().orElseThrow()).containsEntry("away", true);
  }

  @Test
  void aVaultThatDoesNotAnswerIsLeftAloneForASecond() {
    // given
    var key = started(transit("operator", "TOKEN"));
    vault.close();

    // when
    assertThatThrownBy(() -> now(key.wrap(BINDING, BINDING)))
        .isInstanceOf(KekUnavailableException.class)
        .hasMessageContaining("does not answer");

    // then
    assertThatThrownBy(() -> now(key.wrap(BINDING, BINDING)))
        .isInstanceOf(KekUnavailableException.class)
        .hasMessageContaining("a moment ago");

    // and when
    clock.advance(Duration.ofSeconds(1));

    // then
    assertThatThrownBy(() -> now(key.wrap(BINDING, BINDING)))
        .isInstanceOf(KekUnavailableException.class)
        .hasMessageContaining("does not answer");
  }

  @Test
  void followsATokenThatIsRenewedInItsFile() throws IOException {
    // given
    var file = Files.writeString(folder.resolve("token"), token + "\n");
    var key =
        started(
            "vault-transit:" + vault.address() + "/v1/transit/keys/operator?token=file:" + file);

    // when
    Files.writeString(file, "revoked");

    // then
    assertThatThrownBy(() -> now(key.primary()))
        .isInstanceOf(KekException.class)
        .hasMessageContaining("HTTP 403");
    Files.writeString(file, token);
    assertThat(now(key.primary())).isEqualTo("operator:v1");
  }

  @Test
  void aKeysetFileThatIsBrokenForAMomentChangesNothing() throws IOException {
    // given
    var file = Files.writeString(folder.resolve("keyset.json"), Keysets.random());
    var key = started("file:" + file);
    var primary = now(key.primary());

    // when
    Files.writeString(file, "{");

    // then
    assertThat(now(key.primary())).isEqualTo(primary);
    Files.delete(file);
    var wrapped = now(key.wrap(new byte[] {7}, BINDING));
    assertThat(now(key.unwrap(wrapped.bytes(), BINDING))).containsExactly(7);
  }

  private OperatorKey started(String reference) {
    var environment = Map.of("TOKEN", token, "WRONG_TOKEN", UUID.randomUUID().toString());
    return new OperatorKey(
        reference,
        new References(vertx, clock, name -> Optional.ofNullable(environment.get(name))));
  }

  private String transit(String key, String token) {
    return "vault-transit:%s/v1/transit/keys/%s?token=env:%s"
        .formatted(vault.address(), key, token);
  }

  private static <T> T now(Uni<T> answer) {
    return answer.await().atMost(Duration.ofSeconds(10));
  }
}
