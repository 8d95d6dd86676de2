package io.tokenwarden.notifier.notification;

import static java.util.stream.Collectors.groupingBy;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.notifier.projection.Assets;
import io.tokenwarden.notifier.projection.Visible;
import io.tokenwarden.service.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The notifications of a workspace as people read them. Works on the current session.
@ApplicationScoped
public class NotificationList {
  private final Notifications notifications;
  private final Assets assets;
  private final Wording wording;
  private final Clock clock;

  @Inject
  NotificationList(Notifications notifications, Assets assets, Wording wording, Clock clock) {
    this.notifications = notifications;
    this.assets = assets;
    this.wording = wording;
    this.clock = clock;
  }

  /// The newest first.
  ///
  /// @param state empty for both
  /// @param after the `next` of the page before; empty for the first page
  /// @param limit at most this many
  public Uni<Page<NotificationItem>> page(
      WorkspaceId workspace, Optional<State> state, Optional<UUID> after, int limit) {
    return notifications
        .newest(workspace, state, after, limit + 1)
        .chain(found -> inWords(Visible.only(workspace), found))
        .map(items -> cut(items, limit));
  }

  /// All that are open, the newest first.
  public Uni<List<NotificationItem>> open(Visible visible) {
    return notifications.open(visible).chain(found -> inWords(visible, found));
  }

  private Uni<List<NotificationItem>> inWords(Visible visible, List<Notification> found) {
    return assets
        .adAccounts(visible)
        .map(NotificationList::byConnection)
        .map(adAccounts ->
            found.stream().map(notification -> inWords(notification, adAccounts)).toList());
  }

  private static Map<ConnectionId, List<AssetState>> byConnection(List<AssetState> adAccounts) {
    return adAccounts.stream().collect(groupingBy(AssetState::connectionId));
  }

  private NotificationItem inWords(
      Notification notification, Map<ConnectionId, List<AssetState>> adAccounts) {
    var ofConnection = notification.connection().map(id -> adAccounts.getOrDefault(id, List.of()));
    return wording.of(notification, ofConnection.orElse(List.of()));
  }

  private static Page<NotificationItem> cut(List<NotificationItem> items, int limit) {
    if (items.size() <= limit) {
      return Page.of(items);
    }
    var page = items.subList(0, limit);
    return new Page<>(page, page.getLast().notificationId());
  }

  /// Notes that somebody has read it.
  ///
  /// @return empty if there is no such notification, or none that may be seen
  Uni<Optional<NotificationItem>> read(UUID id, Visible visible) {
    return notifications
        .findById(id)
        .map(Optional::ofNullable)
        .map(found -> found.filter(notification -> visible.includes(notification.workspace())))
        .invoke(found -> found.ifPresent(notification -> notification.read(clock.instant())))
        .chain(this::one);
  }

  private Uni<Optional<NotificationItem>> one(Optional<Notification> found) {
    return found
        .map(notification ->
            inWords(Visible.only(notification.workspace()), List.of(notification))
                .map(items -> Optional.of(items.getFirst())))
        .orElse(Uni.createFrom().item(Optional.empty()));
  }
}
