package io.tokenwarden.auth.vault;

import static java.util.stream.Collectors.toSet;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.proto.EncryptedKeyset;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.stream.IntStream;

/// The data keys of one workspace: the primary seals, all of them open. There is one, or two while
/// what the old one sealed is sealed anew. Never leaves this package unwrapped.
///
/// @param handle Tink's, which shows no key by itself
record DataKeyset(KeysetHandle handle) {

  static DataKeyset generate() {
    try {
      AeadConfig.register();
      return new DataKeyset(
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot make a data key", e);
    }
  }

  /// @param plain as [#reveal] gave it
  static DataKeyset parse(byte[] plain) {
    try {
      AeadConfig.register();
      return new DataKeyset(
          TinkProtoKeysetFormat.parseKeyset(plain, InsecureSecretKeyAccess.get()));
    } catch (GeneralSecurityException _) {
      // no cause: a parser may repeat what it read
      throw new VaultException("What was unwrapped is no data key", null);
    }
  }

  /// The keys themselves, to be wrapped.
  byte[] reveal() {
    try {
      return TinkProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot write a data key", e);
    }
  }

  /// As it is stored: Tink's `EncryptedKeyset`, of which we fill in the wrapped bytes alone.
  static byte[] stored(byte[] wrapped) {
    return EncryptedKeyset.newBuilder()
        .setEncryptedKeyset(ByteString.copyFrom(wrapped))
        .build()
        .toByteArray();
  }

  static byte[] wrappedIn(byte[] stored) {
    try {
      return EncryptedKeyset.parseFrom(stored).getEncryptedKeyset().toByteArray();
    } catch (InvalidProtocolBufferException _) {
      throw new VaultException("A wrapped data key has an unknown format", null);
    }
  }

  /// The same keys and a new one, which seals from now on.
  DataKeyset withNewPrimary() {
    return edited(
        KeysetHandle.newBuilder(handle)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()
                    .makePrimary()));
  }

  /// Without the keys that sealed before.
  DataKeyset withPrimaryAlone() {
    return edited(
        KeysetHandle.newBuilder()
            .addEntry(
                KeysetHandle.importKey(handle.getPrimary().getKey())
                    .withFixedId(handle.getPrimary().getId())
                    .makePrimary()));
  }

  private static DataKeyset edited(KeysetHandle.Builder builder) {
    try {
      return new DataKeyset(builder.build());
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot change a set of data keys", e);
    }
  }

  /// As whatever it seals begins with.
  long primaryId() {
    return Integer.toUnsignedLong(handle.getPrimary().getId());
  }

  /// The ids of the keys that sealed before the primary.
  Set<Long> earlierIds() {
    return IntStream.range(0, handle.size())
        .mapToLong(i -> Integer.toUnsignedLong(handle.getAt(i).getId()))
        .filter(id -> id != primaryId())
        .boxed()
        .collect(toSet());
  }

  int size() {
    return handle.size();
  }

  Seal seal() {
    try {
      return new Seal(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot use a data key", e);
    }
  }

  @Override
  public String toString() {
    return "DataKeyset[primary=" + primaryId() + ", size=" + size() + ", ****]";
  }
}
