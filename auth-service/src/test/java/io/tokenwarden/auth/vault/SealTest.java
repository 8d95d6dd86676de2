package io.tokenwarden.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import io.tokenwarden.auth.vault.SecretAddress.Purpose;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever is sealed opens at its own address and nowhere else.
class SealTest {
  private final Seal seal = new Seal(newKey());

  /// Few values each, so that addresses often differ in one part alone.
  sealed interface Address {
    byte[] binding();

    record Token(TokenAddress at) implements Address {
      @Override
      public byte[] binding() {
        return at.binding();
      }
    }

    record OtherSecret(SecretAddress at) implements Address {
      @Override
      public byte[] binding() {
        return at.binding();
      }
    }
  }

  @Property(tries = 500)
  void opensAtItsOwnAddressAlone(
      @ForAll("addresses") Address own,
      @ForAll("addresses") Address other,
      @ForAll("tokens") String token) {
    // given
    Assume.that(!own.equals(other));

    // when
    var sealed = seal.close(AccessToken.of(token), own.binding(), own);

    // then
    assertThat(seal.open(sealed, own.binding(), own)).isEqualTo(token);
    assertThatThrownBy(() -> seal.open(sealed, other.binding(), other))
        .isInstanceOf(VaultException.class)
        .hasMessageNotContaining(token);
  }

  @Property(tries = 200)
  void noBitOfItCanBeChanged(
      @ForAll("addresses") Address address, @ForAll("tokens") String token, @ForAll int position) {
    // given
    var sealed = seal.close(AccessToken.of(token), address.binding(), address);

    // when
    var bit = Math.floorMod(position, sealed.length * 8);
    sealed[bit / 8] ^= (byte) (1 << (bit % 8));

    // then
    assertThatThrownBy(() -> seal.open(sealed, address.binding(), address))
        .isInstanceOf(VaultException.class);
  }

  @Property(tries = 100)
  void anotherKeyOpensNothing(
      @ForAll("addresses") Address address, @ForAll("tokens") String token) {
    // given
    var sealed = seal.close(AccessToken.of(token), address.binding(), address);

    // when
    var another = new Seal(newKey());

    // then
    assertThatThrownBy(() -> another.open(sealed, address.binding(), address))
        .isInstanceOf(VaultException.class);
  }

  @Example
  void nothingIsOpenedThatIsEmpty() {
    assertThatThrownBy(() -> seal.open(new byte[0], new byte[0], "nothing"))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("unknown format");
  }

  /// The form that lies in databases already, made here from its description.
  @Example
  void opensTheFirstFormat() throws GeneralSecurityException {
    // given
    var key = newKey();
    var address =
        new TokenAddress(
            WorkspaceId.of("demo"), ConnectionId.of("01931f3e-7c00-7000-8000-000000000001"), 7);
    var binding = "tokenwarden/token/v1\ndemo\n01931f3e-7c00-7000-8000-000000000001\n7";
    var cipher = key.encrypt(ascii("a-token"), binding.getBytes(StandardCharsets.UTF_8));
    var stored = new byte[cipher.length + 1];
    stored[0] = 1;
    System.arraycopy(cipher, 0, stored, 1, cipher.length);

    // when
    var opened = new Seal(key).open(stored, address.binding(), address);

    // then
    assertThat(opened).isEqualTo("a-token");
  }

  @Provide
  Arbitrary<Address> addresses() {
    var workspaces = Arbitraries.of("demo", "other", "demo-1").map(WorkspaceId::of);
    var connections =
        Arbitraries.of(1, 2)
            .map(number -> new ConnectionId(new UUID(7 << 12, Long.MIN_VALUE | number)));
    var generations = Arbitraries.of(1L, 2L, 11L, 1_000_001L);
    var tokens = Combinators.combine(workspaces, connections, generations).as(TokenAddress::new);
    var secrets =
        Combinators.combine(
                workspaces, Arbitraries.of(Purpose.values()), Arbitraries.of("1", "11", "demo"))
            .as(SecretAddress::new);
    return Arbitraries.oneOf(tokens.map(Address.Token::new), secrets.map(Address.OtherSecret::new));
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(8).ofMaxLength(400);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Aead newKey() {
    try {
      AeadConfig.register();
      return KeysetHandle.generateNew(KeyTemplates.get("AES256_GCM"))
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
