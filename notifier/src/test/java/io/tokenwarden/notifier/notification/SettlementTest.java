package io.tokenwarden.notifier.notification;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.notifier.Expected;
import io.tokenwarden.notifier.Facts;
import io.tokenwarden.notifier.notification.Settlement.Keep;
import io.tokenwarden.notifier.notification.Settlement.Raise;
import io.tokenwarden.notifier.notification.Settlement.Resolve;
import io.tokenwarden.notifier.notification.Settlement.Step;
import io.tokenwarden.notifier.projection.AppState;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class SettlementTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");
  private static final UUID ID = new UUID(0, 1);
  private static final Facts FACTS = Facts.of("demo");

  /// The story of one connection: it dies twice and is reconnected, loses and regains an ad
  /// account, loses a scope and a pixel. Every state is announced on more than one topic.
  private static final List<Event> STORY =
      List.of(
          FACTS.connected(1, false),
          FACTS.health(1),
          FACTS.adAccount("331", "Shoes", 2),
          FACTS.adAccountLost("331", "Shoes", 3),
          FACTS.health(3, accountLost()),
          FACTS.expired(4),
          FACTS.health(4, accountLost(), FACTS.authExpired()),
          FACTS.connected(5, true),
          FACTS.health(5, accountLost()),
          FACTS.adAccount("331", "Shoes", 6),
          FACTS.health(6),
          FACTS.health(7, FACTS.authExpired()),
          FACTS.health(8, scopeMissing("ads_management")),
          FACTS.pixelLost("441", 9),
          FACTS.health(9, scopeMissing("ads_management"), scopeMissing("business_management")));

  private static Condition accountLost() {
    return FACTS.adAccountLost("331", "Shoes", 3).asset().cause();
  }

  private static Condition scopeMissing(String scope) {
    return FACTS.condition(ConditionKind.MISSING_SCOPE, null, scope, Remedy.GRANT_SCOPES, null);
  }

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void endsWithExactlyTheNotificationsThatTheNewestFactsDemand(
      @ForAll("histories") History history) {
    // given
    var people = new People();
    var arrivals = history.arrivals();

    // when
    arrivals.forEach(people::hear);

    // then
    assertThat(people.openCauses()).isEqualTo(Expected.causes(history));
    assertThat(people.raised).isEqualTo(people.resolved + people.openCauses().size());

    // and when
    var told = people.raised + people.resolved;
    arrivals.forEach(people::hear);

    // then
    assertThat(people.raised + people.resolved).isEqualTo(told);
  }

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.randomValue(Random::nextLong).map(History::of);
  }

  @Example
  void tellsEachCauseOfTheStoryOnceInItsOrder() {
    // given
    var people = new People();

    // when
    STORY.forEach(people::hear);

    // then: the account lost, expired twice, two scopes, the pixel; three of them are over
    assertThat(people.raised).isEqualTo(6);
    assertThat(people.resolved).isEqualTo(3);
  }

  @Example
  void keepsWhatIsToldWhenOnlyItsDetailsChange() {
    // given
    var people = new People();
    people.hear(FACTS.health(1, FACTS.authExpired()));
    var removed =
        FACTS.condition(
            ConditionKind.AUTH_EXPIRED, Reason.APP_REMOVED, null, Remedy.RECONNECT, null);

    // when
    people.hear(FACTS.health(2, removed));

    // then
    assertThat(people.raised).isEqualTo(1);
    assertThat(people.open.values())
        .singleElement()
        .satisfies(told -> assertThat(told.reason()).contains(Reason.APP_REMOVED));
  }

  @Example
  void asksNothingOfPeopleAboutAConnectionThatWasEnded() {
    // given
    var people = new People();
    people.hear(FACTS.health(1, FACTS.authExpired()));

    // when
    people.hear(FACTS.disconnected(2));

    // then
    assertThat(people.open).isEmpty();
    assertThat(people.resolved).isEqualTo(1);
  }

  @Example
  void endsEverythingThatWasToldOfAConnectionThatIsArchived() {
    // given
    var people = new People();
    people.hear(FACTS.health(1, FACTS.authExpired(), FACTS.expiring(Duration.ofDays(3))));
    people.hear(FACTS.pixelLost("441", 2));
    people.hear(FACTS.beyondGrant("331", 2));

    // when
    people.hear(FACTS.archived(3));

    // then
    assertThat(people.raised).isEqualTo(4);
    assertThat(people.resolved).isEqualTo(4);
  }

  @Example
  void tellsOfAnAssetThatWasNotSharedWhileItIsReached() {
    // given
    var people = new People();
    people.hear(FACTS.health(1));

    // when
    people.hear(FACTS.beyondGrant("331", 2));
    people.hear(FACTS.beyondGrant("331", 3));

    // then
    assertThat(people.open.keySet())
        .extracting(Cause::kind, Cause::subject)
        .containsExactly(tuple(NotificationKind.BOUNDARY, "331"));

    // and when
    people.hear(FACTS.adAccount("331", "Shoes", 4));

    // then
    assertThat(people.open).isEmpty();
    assertThat(people.raised).isEqualTo(1);
    assertThat(people.resolved).isEqualTo(1);
  }

  @Example
  void tellsOfOneFailedRefreshOnceWhicheverOfItsFactsComesFirst() {
    // given
    var winding = FACTS.health(1, FACTS.windingDown(Duration.ofDays(10)));
    var failed = FACTS.refreshFailed(2, Duration.ofDays(7));
    var health = FACTS.health(2, FACTS.expiring(Duration.ofDays(7)));
    var refreshed = FACTS.health(3);

    for (var arrivals :
        List.of(
            List.of(winding, failed, health, refreshed),
            List.of(winding, health, failed, refreshed))) {
      // when
      var people = new People();
      arrivals.forEach(people::hear);

      // then
      assertThat(people.raised).isEqualTo(1);
      assertThat(people.resolved).isEqualTo(1);
    }
  }

  @Example
  void asksNothingOfAnybodyWhileARefreshMayStillWindTheClock() {
    // given
    var people = new People();

    // when
    people.hear(FACTS.health(1, FACTS.windingDown(Duration.ofDays(10))));

    // then
    assertThat(people.raised).isZero();

    // and when
    people.hear(FACTS.health(2, FACTS.expiring(Duration.ofDays(7))));

    // then
    assertThat(people.raised).isEqualTo(1);
  }

  @Example
  void tellsOfABlockedAppOnceToWhoeverRunsIt() {
    // given
    var people = new People();

    // when
    people.hear(FACTS.appBlocked("1200000000000001", 1));
    people.hear(FACTS.health(1));
    people.hear(FACTS.appBlocked("1200000000000001", 1));

    // then
    assertThat(people.open.keySet())
        .singleElement()
        .isEqualTo(
            new Cause(AppEvent.OPERATORS, null, NotificationKind.APP_BLOCKED, "1200000000000001"));

    // and when
    people.hear(FACTS.appRestored("1200000000000001", 2));
    people.hear(FACTS.appBlocked("1200000000000001", 1));

    // then
    assertThat(people.open).isEmpty();
    assertThat(people.raised).isEqualTo(1);
    assertThat(people.resolved).isEqualTo(1);
  }

  @Example
  void saysNothingWhileOnlyAnAssetIsKnown() {
    var people = new People();
    people.hear(FACTS.pixelLost("441", 3));
    assertThat(people.raised).isZero();
  }

  @Example
  void neverResolvesTwice() {
    var notification =
        Notification.open(
            UUID.randomUUID(),
            Causes.of(FACTS.health(1, FACTS.authExpired()).connection(), List.of())
                .keySet()
                .iterator()
                .next(),
            Details.of(FACTS.authExpired()),
            NOW);
    notification.resolve(NOW);
    assertThat(notification.raised(NOW).state()).isEqualTo(State.RESOLVED);
    assertThatThrownBy(() -> notification.resolve(NOW)).isInstanceOf(IllegalStateException.class);
  }

  /// What the record handler does with its tables, without them.
  private static final class People {
    private final Kept<ConnectionId, ConnectionState> connections = new Kept<>();
    private final Map<ConnectionId, Kept<String, AssetState>> assets = new HashMap<>();
    private final Kept<String, AppState> apps = new Kept<>();
    private final Map<Cause, Notification> open = new HashMap<>();
    private int raised;
    private int resolved;

    void hear(Event event) {
      switch (event) {
        case ConnectionEvent about -> {
          var state = about.connection();
          if (connections.take(state.connectionId(), state)) {
            follow(state);
          }
        }
        case AssetEvent about -> {
          var state = about.asset();
          var ofConnection = assetsOf(state.connectionId());
          if (ofConnection.take(state.assetId(), state)) {
            Optional.ofNullable(connections.get(state.connectionId())).ifPresent(this::follow);
          }
        }
        case AppEvent about -> {
          if (apps.take(about.appId(), AppState.of(about))) {
            follow(AppState.of(about));
          }
        }
        default -> {}
      }
    }

    private void follow(AppState app) {
      var told =
          open.values().stream()
              .filter(each -> each.kind() == NotificationKind.APP_BLOCKED)
              .filter(each -> each.subject().equals(Optional.of(app.appId())))
              .toList();
      Settlement.of(Causes.of(app), told).forEach(this::take);
    }

    private void follow(ConnectionState connection) {
      var seen = assetsOf(connection.connectionId()).all();
      var told =
          open.values().stream()
              .filter(each -> each.connection().equals(Optional.of(connection.connectionId())))
              .toList();
      Settlement.of(Causes.of(connection, seen), told).forEach(this::take);
    }

    private Kept<String, AssetState> assetsOf(ConnectionId connection) {
      return assets.computeIfAbsent(connection, _ -> new Kept<>());
    }

    private void take(Step step) {
      switch (step) {
        case Raise(var cause, var details) -> {
          raised++;
          if (open.put(cause, Notification.open(ID, cause, details, NOW)) != null) {
            throw new AssertionError("A second open notification of " + cause);
          }
        }
        case Keep(var notification, var details) -> notification.amend(details);
        case Resolve(var notification) -> {
          resolved++;
          notification.resolve(NOW);
          open.remove(notification.cause());
        }
      }
    }

    Set<String> openCauses() {
      return open.keySet().stream()
          .map(cause -> Expected.described(cause.connectionId(), cause.kind(), cause.subject()))
          .collect(toSet());
    }
  }
}
