package io.tokenwarden.auth.ending;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.ending.DueRevocation.Asked;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;

/// Asks Meta to revoke what is to be revoked. No transaction is open meanwhile.
@ApplicationScoped
class RevocationWorker {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

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
    return revocation
        .asked()
        .map(this::ask)
        .orElseGet(() -> Uni.createFrom().item(MetaAnswer.NEVER_ASKED))
        .chain(answer -> settlement.settle(revocation, answer));
  }

  private Uni<MetaAnswer> ask(Asked asked) {
    return (asked.wholeApp()
            ? meta.giveUpConsent(asked.app(), asked.token())
            : meta.revoke(asked.app(), asked.token()))
        .map((GraphAnswer<Boolean> answer) -> MetaAnswer.of(answer));
  }
}
