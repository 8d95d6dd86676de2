package io.tokenwarden.notifier.console;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.notifier.projection.Visible;
import io.tokenwarden.outbox.DatabaseSignals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// In which workspace something changed, whichever replica changed it. The tables themselves send
/// the signal, when the change is committed.
@ApplicationScoped
class Changes {
  private final DatabaseSignals signals;
  private final BroadcastProcessor<WorkspaceId> heard = BroadcastProcessor.create();

  @Inject
  Changes(DatabaseSignals signals) {
    this.signals = signals;
  }

  void listen(@Observes StartupEvent start) {
    signals.hear("changes", this::heard);
  }

  /// Without a name, signals may have been missed, of any workspace.
  private void heard(String workspace) {
    heard.onNext(workspace.isEmpty() ? WorkspaceId.ALL : WorkspaceId.of(workspace));
  }

  /// The changes from now on that may be seen. Who is slow misses some, never the latest.
  Multi<WorkspaceId> in(Visible visible) {
    return heard
        .filter(workspace -> workspace.equals(WorkspaceId.ALL) || visible.includes(workspace))
        .onOverflow()
        .dropPreviousItems();
  }
}
