package io.tokenwarden.auth.vault;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Does what a rotation has planned, one workspace at a time in each replica:
///
/// ```
/// wrap ─▶ (a new data key beside the old) ─▶ seal anew, batch by batch ─▶ take the old one away ─▶ done
/// ```
///
/// No transaction is open while the operator's key is asked to wrap.
@ApplicationScoped
class KeyRotationWorker {
  private static final Logger LOG = Logger.getLogger(KeyRotationWorker.class);
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final KeyRotationLedger ledger;
  private final DataKeys keys;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private final MeterRegistry metrics;
  private Worker worker;

  @Inject
  KeyRotationWorker(
      KeyRotationLedger ledger,
      DataKeys keys,
      Vertx vertx,
      DatabaseSignals signals,
      MeterRegistry metrics) {
    this.ledger = ledger;
    this.keys = keys;
    this.vertx = vertx;
    this.signals = signals;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("key_rotation", vertx, signals, this::round);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }

  private Uni<Boolean> round() {
    return ledger
        .claim()
        .call(claimed -> claimed.map(this::perform).orElse(NOTHING))
        .map(Optional::isPresent);
  }

  private Uni<Void> perform(KeyRotationWork work) {
    return ledger
        .key(work)
        .chain(found -> found.map(key -> rotate(work, key)).orElse(NOTHING))
        .chain(() -> ledger.done(work))
        .invoke(() -> count("done"))
        .onFailure()
        .recoverWithUni(failure -> failed(work, failure));
  }

  private Uni<Void> rotate(KeyRotationWork work, StoredKey key) {
    return (work.needsWrapping(key) ? wrap(work, key) : NOTHING)
        .chain(() -> sealAnew(work))
        .chain(() -> dropOldKeys(work));
  }

  private Uni<Void> wrap(KeyRotationWork work, StoredKey before) {
    return keys.unwrap(work.workspace(), before.wrapped())
        .map(UnwrappedKey::keyset)
        .map(keyset -> work.needsDataKey() ? keyset.withNewPrimary() : keyset)
        .chain(keyset ->
            keys.wrap(work.workspace(), keyset)
                .chain(after -> ledger.store(work, before, after, keyset)));
  }

  private Uni<Void> sealAnew(KeyRotationWork work) {
    return work.dataKeys()
        ? Uni.createFrom()
            .deferred(() -> ledger.reseal(work))
            .repeat()
            .until(count -> count == 0)
            .onItem()
            .ignoreAsUni()
        : NOTHING;
  }

  private Uni<Void> dropOldKeys(KeyRotationWork work) {
    return ledger
        .key(work)
        .chain(found -> found.map(before -> dropOldKeys(work, before)).orElse(NOTHING));
  }

  private Uni<Void> dropOldKeys(KeyRotationWork work, StoredKey before) {
    return keys.unwrap(work.workspace(), before.wrapped())
        .map(UnwrappedKey::keyset)
        .chain(keyset -> keyset.size() == 1 ? NOTHING : drop(work, before, keyset));
  }

  private Uni<Void> drop(KeyRotationWork work, StoredKey before, DataKeyset keyset) {
    var primary = keyset.withPrimaryAlone();
    return keys.wrap(work.workspace(), primary)
        .chain(after -> ledger.drop(work, before, after, keyset.earlierIds()));
  }

  private Uni<Void> failed(KeyRotationWork work, Throwable failure) {
    LOG.warnf(
        "A key cannot be rotated now, and is tried again: workspace=%s failure=%s",
        work.workspace(), failure.getMessage());
    count("failed");
    return ledger.failed(work, code(failure));
  }

  private static String code(Throwable failure) {
    return failure instanceof VaultException known ? known.code() : "INTERNAL";
  }

  private void count(String outcome) {
    metrics.counter("tokenwarden.keys.rotated", "outcome", outcome).increment();
  }
}
