package io.tokenwarden.auth.ending;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.ending.DueRevocation.Asked;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.auth.vault.VaultException;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Asks Meta to revoke what is to be revoked. No transaction is open meanwhile.
@ApplicationScoped
class RevocationWorker {
  private static final Logger LOG = Logger.getLogger(RevocationWorker.class);
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();
  private static final Uni<MetaAnswer> NEVER_ASKED = Uni.createFrom().item(MetaAnswer.NEVER_ASKED);

  private final Revocations due;
  private final RevocationSettlement settlement;
  private final MetaGraph meta;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private Worker worker;

  @Inject
  RevocationWorker(
      Revocations due,
      RevocationSettlement settlement,
      MetaGraph meta,
      Vertx vertx,
      DatabaseSignals signals) {
    this.due = due;
    this.settlement = settlement;
    this.meta = meta;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("revocation", vertx, signals, this::round);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }

  private Uni<Boolean> round() {
    return due.claim()
        .call(claimed -> claimed.map(this::revoke).orElse(NOTHING))
        .map(Optional::isPresent);
  }

  private Uni<Void> revoke(DueRevocation revocation) {
    return due.equip(revocation)
        .chain(equipped -> equipped.map(this::ask).orElse(NEVER_ASKED))
        .onFailure(VaultException.class)
        .recoverWithItem(failure -> unreadable(revocation, failure))
        .chain(answer -> settlement.settle(revocation, answer));
  }

  private static MetaAnswer unreadable(DueRevocation revocation, Throwable failure) {
    LOG.warnf(
        "A token cannot be revoked now, and is tried again: connectionId=%s failure=%s",
        revocation.connection(), failure.getMessage());
    return MetaAnswer.AGAIN;
  }

  private Uni<MetaAnswer> ask(Asked asked) {
    return (asked.wholeApp()
            ? meta.giveUpConsent(asked.app(), asked.token())
            : meta.revoke(asked.app(), asked.token()))
        .map((GraphAnswer<Boolean> answer) -> MetaAnswer.of(answer));
  }
}
