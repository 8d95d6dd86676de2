package io.tokenwarden.notifier.notification;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.notifier.notification.Settlement.Keep;
import io.tokenwarden.notifier.notification.Settlement.Raise;
import io.tokenwarden.notifier.notification.Settlement.Resolve;
import io.tokenwarden.notifier.notification.Settlement.Step;
import io.tokenwarden.notifier.projection.AppState;
import io.tokenwarden.notifier.projection.Assets;
import io.tokenwarden.notifier.projection.Connections;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// Has the notifications follow the merged state, in the transaction that merged it.
@ApplicationScoped
public class Notifying {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private final Connections connections;
  private final Assets assets;
  private final Notifications notifications;
  private final Outbox outbox;
  private final Clock clock;

  @Inject
  Notifying(
      Connections connections,
      Assets assets,
      Notifications notifications,
      Outbox outbox,
      Clock clock) {
    this.connections = connections;
    this.assets = assets;
    this.notifications = notifications;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// To be called in the transaction that merged something about the connection. While only its
  /// assets are known, nobody is told anything: it may be one that was ended.
  public Uni<Void> follow(ConnectionId id) {
    return connections
        .find(id)
        .chain(known -> known.map(this::follow).orElse(Uni.createFrom().voidItem()));
  }

  private Uni<Void> follow(ConnectionState connection) {
    return assets
        .remarkable(connection.connectionId())
        .map(remarkable -> Causes.of(connection, remarkable))
        .chain(causes ->
            notifications.open(connection.connectionId()).map(open -> Settlement.of(causes, open)))
        .chain(this::settle);
  }

  /// To be called in the transaction that merged it.
  public Uni<Void> follow(AppState app) {
    return notifications
        .openOfApp(app.appId())
        .map(open -> Settlement.of(Causes.of(app), open))
        .chain(this::settle);
  }

  /// One after the other: they share a session.
  private Uni<Void> settle(List<Step> steps) {
    return Multi.createFrom()
        .iterable(steps)
        .onItem()
        .transformToUniAndConcatenate(this::take)
        .onItem()
        .ignoreAsUni();
  }

  private Uni<Void> take(Step step) {
    return switch (step) {
      case Raise raise -> raise(raise);
      case Keep(var notification, var details) -> {
        notification.amend(details);
        yield Uni.createFrom().voidItem();
      }
      case Resolve(var notification) -> resolve(notification);
    };
  }

  private Uni<Void> raise(Raise raise) {
    var now = clock.instant();
    var opened = Notification.open(IDS.generate(), raise.cause(), raise.details(), now);
    return notifications.persist(opened).chain(() -> outbox.add(opened.raised(now)));
  }

  private Uni<Void> resolve(Notification notification) {
    var now = clock.instant();
    notification.resolve(now);
    return outbox.add(notification.raised(now));
  }
}
