package io.tokenwarden.auth.vault.kek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every kind of operator's key promises, whichever the reference leads to.
class KeyEncryptionKeyContractTest {
  private static final byte[] DEMO = ascii("demo");
  private static final byte[] OTHER = ascii("other");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private final String token = UUID.randomUUID().toString();
  private final TransitStandIn vault = new TransitStandIn(token, "operator");

  /// How each kind is set up, and given a new primary by its operator.
  enum Kind {
    FILE {
      @Override
      String reference(KeyEncryptionKeyContractTest test) {
        return "file:" + test.folder.resolve("keyset.json");
      }

      @Override
      void rotate(KeyEncryptionKeyContractTest test) {
        var file = test.folder.resolve("keyset.json");
        test.write(file, Keysets.withNewPrimary(test.read(file)));
      }
    },
    /// Its change is seen by the next start of a process alone; here the variable itself changes.
    ENVIRONMENT {
      @Override
      String reference(KeyEncryptionKeyContractTest test) {
        return "env:KEYSET";
      }

      @Override
      void rotate(KeyEncryptionKeyContractTest test) {
        test.environment.computeIfPresent("KEYSET", (_, json) -> Keysets.withNewPrimary(json));
      }
    },
    VAULT_TRANSIT {
      @Override
      String reference(KeyEncryptionKeyContractTest test) {
        return "vault-transit:"
            + test.vault.address()
            + "/v1/transit/keys/operator?token=env:TOKEN";
      }

      @Override
      void rotate(KeyEncryptionKeyContractTest test) {
        test.vault.rotate();
      }
    };

    abstract String reference(KeyEncryptionKeyContractTest test);

    abstract void rotate(KeyEncryptionKeyContractTest test);
  }

  @BeforeEach
  void operatorMakesKeys() {
    write(folder.resolve("keyset.json"), Keysets.random());
    environment.put("KEYSET", Keysets.random());
    environment.put("TOKEN", token);
  }

  @AfterEach
  void stop() {
    vault.close();
    vertx.closeAndAwait();
  }

  @ParameterizedTest
  @EnumSource
  void unwrapsWhatItWrapped(Kind kind) {
    // given
    var key = started(kind);
    var plain = random();

    // when
    var wrapped = now(key.wrap(plain, DEMO));

    // then
    assertThat(now(key.unwrap(wrapped.bytes(), DEMO))).isEqualTo(plain);
    assertThat(wrapped.kekId()).isEqualTo(now(key.primary()));
    assertThat(new String(wrapped.bytes(), StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(plain, StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource
  void unwrapsForItsOwnBindingAlone(Kind kind) {
    // given
    var key = started(kind);
    var wrapped = now(key.wrap(random(), DEMO));

    // then
    assertThatThrownBy(() -> now(key.unwrap(wrapped.bytes(), OTHER)))
        .isInstanceOf(KekException.class)
        .isNotInstanceOf(KekUnavailableException.class);
  }

  @ParameterizedTest
  @EnumSource
  void neverWrapsTheSameTwice(Kind kind) {
    // given
    var key = started(kind);
    var plain = random();

    // when
    var once = now(key.wrap(plain, DEMO));
    var again = now(key.wrap(plain, DEMO));

    // then
    assertThat(again.bytes()).isNotEqualTo(once.bytes());
  }

  @ParameterizedTest
  @EnumSource
  void wrapsWithANewPrimaryAtOnceAndStillUnwrapsTheOld(Kind kind) {
    // given
    var key = started(kind);
    var plain = random();
    var old = now(key.wrap(plain, DEMO));

    // when
    kind.rotate(this);
    var fresh = now(key.wrap(plain, DEMO));

    // then
    assertThat(fresh.kekId()).isNotEqualTo(old.kekId()).isEqualTo(now(key.primary()));
    assertThat(now(key.unwrap(old.bytes(), DEMO))).isEqualTo(plain);
    assertThat(now(key.unwrap(fresh.bytes(), DEMO))).isEqualTo(plain);
  }

  /// The other replica was first to see the operator's change.
  @ParameterizedTest
  @EnumSource
  void unwrapsWhatAnotherReplicaWrappedWithAKeyItHasNotSeenYet(Kind kind) {
    // given
    var key = started(kind);
    kind.rotate(this);
    var plain = random();

    // when
    var wrapped = now(started(kind).wrap(plain, DEMO));

    // then
    assertThat(now(key.unwrap(wrapped.bytes(), DEMO))).isEqualTo(plain);
  }

  @ParameterizedTest
  @EnumSource
  void refusesRubbishAndSaysNothingOfIt(Kind kind) {
    // given
    var key = started(kind);
    var rubbish = random();

    // then
    assertThatThrownBy(() -> now(key.unwrap(rubbish, DEMO)))
        .isInstanceOf(KekException.class)
        .hasMessageNotContaining(new String(rubbish, StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> now(key.unwrap(new byte[0], DEMO))).isInstanceOf(KekException.class);
  }

  @ParameterizedTest
  @EnumSource
  void anotherOperatorsKeyUnwrapsNothing(Kind kind) {
    // given
    var wrapped = now(started(kind).wrap(random(), DEMO));
    operatorMakesKeys();

    // when
    try (var anotherVault = new TransitStandIn(token, "operator")) {
      var another =
          kind == Kind.VAULT_TRANSIT
              ? found(
                  "vault-transit:"
                      + anotherVault.address()
                      + "/v1/transit/keys/operator?token=env:TOKEN")
              : started(kind);

      // then
      assertThatThrownBy(() -> now(another.unwrap(wrapped.bytes(), DEMO)))
          .isInstanceOf(KekException.class)
          .isNotInstanceOf(KekUnavailableException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsNoKeyInItsText(Kind kind) {
    // given
    var key = started(kind);

    // when
    var wrapped = now(key.wrap(random(), DEMO));

    // then
    assertThat(key + " " + wrapped)
        .doesNotContain(token)
        .doesNotContain(environment.get("KEYSET"))
        .doesNotContain("value");
  }

  private KeyEncryptionKey started(Kind kind) {
    return found(kind.reference(this));
  }

  private KeyEncryptionKey found(String reference) {
    return new References(
            vertx, Clock.systemUTC(), name -> Optional.ofNullable(environment.get(name)))
        .find(reference);
  }

  private static <T> T now(Uni<T> answer) {
    return answer.await().atMost(Duration.ofSeconds(10));
  }

  private static byte[] random() {
    return ascii(UUID.randomUUID().toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
