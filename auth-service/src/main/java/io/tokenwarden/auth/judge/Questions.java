package io.tokenwarden.auth.judge;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.vault.VaultException;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks Meta what is due to be asked, and has the verdict written down. Some questions are asked
/// side by side, so that one slow answer does not hold up the others.
@ApplicationScoped
class Questions {
  private static final int SIDE_BY_SIDE = 4;

  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final DueQuestions due;
  private final Equipment equipment;
  private final Inquirer inquirer;
  private final Settlement settlement;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private final List<Worker> workers = new ArrayList<>();

  @Inject
  Questions(
      DueQuestions due,
      Equipment equipment,
      Inquirer inquirer,
      Settlement settlement,
      Vertx vertx,
      DatabaseSignals signals) {
    this.due = due;
    this.equipment = equipment;
    this.inquirer = inquirer;
    this.settlement = settlement;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    for (int i = 0; i < SIDE_BY_SIDE; i++) {
      workers.add(Worker.start("question", vertx, signals, this::round));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    workers.forEach(Worker::stop);
  }

  /// @return whether there may be more
  private Uni<Boolean> round() {
    return due.claim()
        .call(claimed -> claimed.map(this::equipAndAsk).orElse(NOTHING))
        .map(Optional::isPresent);
  }

  private Uni<Void> equipAndAsk(ClaimedQuestion claimed) {
    return equip(claimed).chain(equipped -> equipped.map(this::ask).orElse(NOTHING));
  }

  private Uni<Optional<AskedQuestion>> equip(ClaimedQuestion claimed) {
    return equipment
        .of(claimed)
        .onFailure(VaultException.class)
        .recoverWithUni(failure ->
            equipment.unreadable(claimed, (VaultException) failure).replaceWith(Optional.empty()));
  }

  private Uni<Void> ask(AskedQuestion question) {
    return inquirer.ask(question).chain(verdict -> settlement.settle(question, verdict));
  }
}
