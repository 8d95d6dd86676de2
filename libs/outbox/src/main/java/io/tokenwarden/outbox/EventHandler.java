package io.tokenwarden.outbox;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;

/// What a service does with the facts it subscribes to; each service has one.
public interface EventHandler {

  /// Runs inside the transaction that also marks the record as received: it works on the current
  /// session and calls nobody else. What takes long becomes a row that a worker picks up. It may be
  /// tried again after a failure, so everything it does must be in that transaction.
  ///
  /// Facts of a type the service does not care for are simply passed over.
  Uni<Void> handle(EventMeta meta, Event event);
}
