package io.tokenwarden.notifier.console;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.notifier.notification.NotificationList;
import io.tokenwarden.notifier.projection.AdAccountSyncs;
import io.tokenwarden.notifier.projection.Apps;
import io.tokenwarden.notifier.projection.Assets;
import io.tokenwarden.notifier.projection.Connections;
import io.tokenwarden.notifier.projection.Schedules;
import io.tokenwarden.notifier.projection.Visible;
import io.tokenwarden.notifier.text.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// Gathers what the page shows. Works on the current session.
@ApplicationScoped
class Cards {
  private final Connections connections;
  private final Apps apps;
  private final Assets assets;
  private final Schedules schedules;
  private final AdAccountSyncs syncs;
  private final NotificationList notifications;
  private final Texts texts;
  private final Clock clock;

  @Inject
  Cards(
      Connections connections,
      Apps apps,
      Assets assets,
      Schedules schedules,
      AdAccountSyncs syncs,
      NotificationList notifications,
      Texts texts,
      Clock clock) {
    this.connections = connections;
    this.apps = apps;
    this.assets = assets;
    this.schedules = schedules;
    this.syncs = syncs;
    this.notifications = notifications;
    this.texts = texts;
    this.clock = clock;
  }

  Uni<List<Section>> sections(Visible visible) {
    var gathered = new Gathered(texts, clock);
    return connections
        .list(visible)
        .invoke(gathered::connections)
        .chain(apps::blocked)
        .invoke(gathered::blockedApps)
        .chain(() -> assets.adAccounts(visible))
        .invoke(gathered::adAccounts)
        .chain(() -> assets.unavailable(visible))
        .invoke(gathered::unavailable)
        .chain(() -> schedules.list(visible))
        .invoke(gathered::schedules)
        .chain(() -> syncs.list(visible))
        .invoke(gathered::syncs)
        .chain(() -> notifications.open(visible))
        .invoke(gathered::notifications)
        .map(_ -> gathered.sections(visible));
  }
}
