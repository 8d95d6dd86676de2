package io.tokenwarden.auth.callback;

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

/// Does what follows from what Meta said, one message at a time. What fails is done again after a
/// growing pause, and holds up no other.
@ApplicationScoped
class CallbackWorker {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Callbacks callbacks;
  private final Consequences consequences;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private Worker worker;

  @Inject
  CallbackWorker(
      Callbacks callbacks, Consequences consequences, Vertx vertx, DatabaseSignals signals) {
    this.callbacks = callbacks;
    this.consequences = consequences;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("meta_callback", vertx, signals, this::round);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }

  private Uni<Boolean> round() {
    return callbacks
        .claim()
        .call(claimed -> claimed.map(consequences::of).orElse(NOTHING))
        .map(Optional::isPresent);
  }
}
