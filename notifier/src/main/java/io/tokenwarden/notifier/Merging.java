package io.tokenwarden.notifier;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent;
import io.tokenwarden.contracts.HandleEvent;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.NotificationEvent;
import io.tokenwarden.contracts.QuotaEvent;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.notifier.notification.Notifying;
import io.tokenwarden.notifier.projection.AdAccountSyncs;
import io.tokenwarden.notifier.projection.AppState;
import io.tokenwarden.notifier.projection.Apps;
import io.tokenwarden.notifier.projection.Assets;
import io.tokenwarden.notifier.projection.Connections;
import io.tokenwarden.notifier.projection.ScheduleState;
import io.tokenwarden.notifier.projection.Schedules;
import io.tokenwarden.outbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Merges what was announced into the projection, and has the notifications follow it.
///
/// What concerns one connection (or one Meta app) is merged by one transaction at a time, over all
/// replicas: without that, two which merge its health and its asset at once would each derive from
/// half the state.
@ApplicationScoped
class Merging implements EventHandler {
  private final Connections connections;
  private final Assets assets;
  private final Apps apps;
  private final Schedules schedules;
  private final AdAccountSyncs syncs;
  private final Notifying notifying;

  @Inject
  Merging(
      Connections connections,
      Assets assets,
      Apps apps,
      Schedules schedules,
      AdAccountSyncs syncs,
      Notifying notifying) {
    this.connections = connections;
    this.assets = assets;
    this.apps = apps;
    this.schedules = schedules;
    this.syncs = syncs;
    this.notifying = notifying;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return switch (event) {
      case ConnectionEvent about -> merge(about.connection());
      case AssetEvent about -> merge(about.asset());
      case ScheduleEvent about -> schedules.merge(ScheduleState.of(about));
      case InsightsSynced synced ->
          syncs.merge(synced.workspaceId(), synced.adAccountId(), synced.readAt());
      case AppEvent about -> merge(AppState.of(about));
      case EvidenceEvent _, HandleEvent _, NotificationEvent _, QuotaEvent _ ->
          Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> merge(ConnectionState state) {
    return connections.merge(state).chain(newer -> follow(newer, state.connectionId()));
  }

  private Uni<Void> merge(AssetState state) {
    return assets.merge(state).chain(newer -> follow(newer, state.connectionId()));
  }

  private Uni<Void> merge(AppState state) {
    return apps.merge(state)
        .chain(newer -> newer ? notifying.follow(state) : Uni.createFrom().voidItem());
  }

  private Uni<Void> follow(boolean newer, ConnectionId connection) {
    return newer ? notifying.follow(connection) : Uni.createFrom().voidItem();
  }
}
