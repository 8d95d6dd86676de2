package io.tokenwarden.auth.vault.kek;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// The operator's key as a Tink keyset that this process reads. It follows changes of its source: a
/// new primary wraps at once, and a key that another replica wrapped with is looked for before it
/// is called unknown. A source that cannot be read, or holds rubbish for a moment, changes nothing.
final class KeysetKek implements KeyEncryptionKey {
  private static final Logger LOG = Logger.getLogger(KeysetKek.class);

  private final Supplier<Uni<String>> source;
  private final String place;
  private volatile TinkKeyset known;

  /// @param json what the source holds now
  /// @param place for messages
  /// @throws KekException if that is no keyset
  KeysetKek(String json, Supplier<Uni<String>> source, String place) {
    this.source = source;
    this.place = place;
    this.known = TinkKeyset.parse(json, place);
  }

  @Override
  public Uni<String> primary() {
    return readAgain().map(TinkKeyset::primary);
  }

  @Override
  public Uni<WrappedKey> wrap(byte[] key, byte[] binding) {
    return readAgain().map(keyset -> keyset.wrap(key, binding));
  }

  @Override
  public Uni<byte[]> unwrap(byte[] wrapped, byte[] binding) {
    return holding(TinkKeyset.idIn(wrapped)).map(keyset -> keyset.unwrap(wrapped, binding));
  }

  private Uni<TinkKeyset> holding(String id) {
    var keyset = known;
    return keyset.ids().contains(id) ? Uni.createFrom().item(keyset) : readAgain();
  }

  private Uni<TinkKeyset> readAgain() {
    return source
        .get()
        .map(json -> TinkKeyset.parse(json, place))
        .onFailure()
        .recoverWithItem(this::asBefore)
        .invoke(keyset -> known = keyset);
  }

  private TinkKeyset asBefore(Throwable failure) {
    var why = failure instanceof KekException ? failure.getMessage() : failure.getClass().getName();
    LOG.warnf("Cannot read the vault's keyset again, the last one is used: %s", why);
    return known;
  }
}
