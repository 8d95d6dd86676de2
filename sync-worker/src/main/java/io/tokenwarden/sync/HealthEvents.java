package io.tokenwarden.sync;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent;
import io.tokenwarden.contracts.HandleEvent;
import io.tokenwarden.contracts.InsightsEvent;
import io.tokenwarden.contracts.NotificationEvent;
import io.tokenwarden.contracts.QuotaEvent.GraphThrottled;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.outbox.EventHandler;
import io.tokenwarden.sync.health.MergedHealth;
import io.tokenwarden.sync.schedule.Schedules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/// Merges what auth-service announces and lets the schedules follow. Only a state that is newer
/// than all before changes anything, so order, duplicates and replays do not matter.
///
/// The events of one workspace are taken one at a time across replicas: a schedule depends on the
/// states of several connections, and two that change at once must not each overlook the other.
///
/// That Meta blocks a whole app is no cause of a schedule but an incident of whoever runs the app.
/// The gateway refuses its calls meanwhile, and runs back off; nothing needs to be kept of it here.
/// Of a quota that is used up, the gateway says until when.
@ApplicationScoped
class HealthEvents implements EventHandler {
  private final MergedHealth health;
  private final Schedules schedules;

  @Inject
  HealthEvents(MergedHealth health, Schedules schedules) {
    this.health = health;
    this.schedules = schedules;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return switch (event) {
      case ConnectionEvent connection -> merge(connection.connection());
      case AssetEvent asset -> merge(asset.asset());
      case AppRestored app -> schedules.runWhatWasRefusedFor(app.appId());
      case GraphThrottled throttled -> waitFor(throttled);
      case AppBlocked _,
          EvidenceEvent _,
          HandleEvent _,
          InsightsEvent _,
          NotificationEvent _,
          ScheduleEvent _ ->
          Uni.createFrom().voidItem();
    };
  }

  /// A scope that a later version writes is none that we would know to use.
  private Uni<Void> waitFor(GraphThrottled throttled) {
    return throttled.holdUntil() == null
        ? Uni.createFrom().voidItem()
        : QuotaScope.parse(throttled.scope())
            .map(scope -> schedules.waitFor(scope, throttled.holdUntil()))
            .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> merge(ConnectionState state) {
    return health.merge(state).chain(newer -> newer ? follow(state) : Uni.createFrom().voidItem());
  }

  private Uni<Void> follow(ConnectionState state) {
    return health
        .adAccountsOf(state.connectionId())
        .chain(accounts -> schedules.follow(state.workspaceId(), accounts));
  }

  private Uni<Void> merge(AssetState state) {
    if (state.assetType() != AssetType.AD_ACCOUNT) {
      return Uni.createFrom().voidItem();
    }
    return health.merge(state).chain(newer -> newer ? follow(state) : Uni.createFrom().voidItem());
  }

  private Uni<Void> follow(AssetState state) {
    return schedules.follow(state.workspaceId(), Set.of(AdAccountId.of(state.assetId())));
  }
}
