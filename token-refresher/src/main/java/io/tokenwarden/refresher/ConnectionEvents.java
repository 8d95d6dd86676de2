package io.tokenwarden.refresher;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent;
import io.tokenwarden.contracts.HandleEvent;
import io.tokenwarden.contracts.InsightsEvent;
import io.tokenwarden.contracts.NotificationEvent;
import io.tokenwarden.contracts.QuotaEvent;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.outbox.EventHandler;
import io.tokenwarden.refresher.connection.Connections;
import io.tokenwarden.refresher.due.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Keeps what is due in step with the merged state of each connection. Only a state that is newer
/// than all before changes anything, so order, duplicates and replays do not matter.
@ApplicationScoped
class ConnectionEvents implements EventHandler {
  private final Connections connections;
  private final DueWork due;

  @Inject
  ConnectionEvents(Connections connections, DueWork due) {
    this.connections = connections;
    this.due = due;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return switch (event) {
      case ConnectionEvent connection -> merge(connection.connection());
      case AppEvent _,
          AssetEvent _,
          EvidenceEvent _,
          HandleEvent _,
          InsightsEvent _,
          NotificationEvent _,
          QuotaEvent _,
          ScheduleEvent _ ->
          Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> merge(ConnectionState state) {
    return connections
        .merge(state)
        .chain(newer -> newer ? due.follow(state) : Uni.createFrom().voidItem());
  }
}
