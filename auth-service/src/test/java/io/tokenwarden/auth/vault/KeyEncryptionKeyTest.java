package io.tokenwarden.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEncryptionKeyTest {
  private static final WorkspaceId DEMO = WorkspaceId.of("demo");
  private static final WorkspaceId OTHER = WorkspaceId.of("other");

  @TempDir Path folder;
  private Path keyset;

  @BeforeEach
  void makeKeyset() throws Exception {
    AeadConfig.register();
    keyset = folder.resolve("keyset.json");
    Files.writeString(
        keyset,
        TinkJsonProtoKeysetFormat.serializeKeyset(
            KeysetHandle.generateNew(KeyTemplates.get("AES256_GCM")),
            InsecureSecretKeyAccess.get()));
  }

  @Test
  void aDataKeyOpensForItsOwnWorkspaceOnly() throws Exception {
    // given
    var kek = new KeyEncryptionKey(() -> "file:" + keyset);
    var wrapped = kek.newDataKey(DEMO);
    var address = address(DEMO, 1);

    // when
    var sealed = kek.unwrap(DEMO, wrapped).encrypt(bytes("secret"), address.binding());

    // then
    assertThat(kek.unwrap(DEMO, wrapped).decrypt(sealed, address.binding()))
        .isEqualTo(bytes("secret"));
    assertThatThrownBy(() -> kek.unwrap(OTHER, wrapped)).isInstanceOf(VaultException.class);
  }

  @Test
  void aSealedTokenOpensAtItsOwnAddressOnly() throws Exception {
    // given
    var kek = new KeyEncryptionKey(() -> "file:" + keyset);
    var key = kek.unwrap(DEMO, kek.newDataKey(DEMO));

    // when
    var sealed = key.encrypt(bytes("secret"), address(DEMO, 1).binding());

    // then
    assertThatThrownBy(() -> key.decrypt(sealed, address(DEMO, 2).binding()))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> key.decrypt(sealed, address(OTHER, 1).binding()))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void refusesToStartWithoutAUsableKeyset() throws Exception {
    // given
    var rubbish = Files.writeString(folder.resolve("rubbish"), "{\"primaryKeyId\": 1}");

    // then
    assertThatThrownBy(() -> new KeyEncryptionKey(() -> "file:" + folder.resolve("nowhere")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> new KeyEncryptionKey(() -> "file:" + rubbish))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no Tink keyset");
    assertThatThrownBy(() -> new KeyEncryptionKey(() -> "keyset.json"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("file:");
  }

  private static TokenAddress address(WorkspaceId workspace, long generation) {
    return new TokenAddress(
        workspace, ConnectionId.of("01931f3e-7c00-7000-8000-000000000001"), generation);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
