package io.tokenwarden.twin.callbacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tokenwarden.twin.callbacks.Delivery.Kind;
import io.tokenwarden.twin.callbacks.Delivery.State;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.World;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Brings deliveries to their address, again and again until they are answered 200.
@Singleton
public final class Courier {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofHours(36);
  private static final int AT_ONCE = 4;

  private final Deliveries deliveries;
  private final World world;
  private final ObjectMapper json;
  private final Clock clock;
  private final ScheduledExecutorService rounds =
      Executors.newScheduledThreadPool(AT_ONCE, Thread.ofVirtual().name("courier-", 0).factory());
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Envelope.PATIENCE).build();

  @Inject
  Courier(Deliveries deliveries, World world, ObjectMapper json, Clock clock) {
    this.deliveries = deliveries;
    this.world = world;
    this.json = json;
    this.clock = clock;
  }

  void goOn(@Observes StartupEvent event) {
    deliveries.all().stream()
        .filter(delivery -> delivery.state() == State.WAITING)
        .forEach(delivery -> plan(delivery, Duration.ZERO));
  }

  void stop(@Observes ShutdownEvent event) {
    rounds.shutdownNow();
    http.shutdownNow();
  }

  /// Takes something to be brought to an app.
  ///
  /// @param url null where the app has no address for it: nothing to do
  void take(MetaApp app, Kind kind, String url, String content) {
    if (url == null) {
      return;
    }
    var state = app.callbacks().held() ? State.HELD : State.WAITING;
    var delivery =
        deliveries.add(id ->
            new Delivery(id, app.id(), kind, url, content, clock.instant(), state, 0, null, null));
    if (state == State.WAITING) {
      plan(delivery, Duration.ZERO);
    }
  }

  /// Sends what an app's address was held back from, oldest first.
  public void release(String appId) {
    deliveries.all().stream()
        .filter(delivery -> delivery.appId().equals(appId) && delivery.state() == State.HELD)
        .forEach(delivery -> {
          deliveries.change(delivery.id(), it -> it.with(State.WAITING));
          plan(delivery, Duration.ZERO);
        });
  }

  /// Sends a delivery now, whether or not it has been before, and waits for what comes of it.
  public Delivery send(Delivery delivery) {
    var answer = attempt(delivery);
    deliveries.change(delivery.id(), it -> settled(it, answer));
    return deliveries.of(delivery.id()).orElse(delivery);
  }

  private void plan(Delivery delivery, Duration pause) {
    rounds.schedule(() -> round(delivery.id()), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round(long id) {
    deliveries
        .of(id)
        .filter(delivery -> delivery.state() == State.WAITING)
        .map(this::send)
        .filter(delivery -> delivery.state() == State.WAITING)
        .ifPresent(delivery -> plan(delivery, pauseAfter(delivery.attempts())));
  }

  private static Duration pauseAfter(int attempts) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private Delivery settled(Delivery delivery, Optional<HttpResponse<String>> answer) {
    var status = answer.map(HttpResponse::statusCode).orElse(null);
    if (status != null && status == 200) {
      return delivery.sent(State.DELIVERED, status, confirmation(delivery, answer.get().body()));
    }
    return delivery.sent(stateAfterFailure(delivery), status, null);
  }

  /// What somebody sends by hand does not change how it stands by failing.
  private State stateAfterFailure(Delivery delivery) {
    var over = clock.instant().isAfter(delivery.createdAt().plus(PATIENCE));
    return delivery.state() == State.WAITING && over ? State.GIVEN_UP : delivery.state();
  }

  /// Where a person can see how the deletion goes; null if the app did not say.
  private JsonNode confirmation(Delivery delivery, String body) {
    if (delivery.kind() != Kind.DATA_DELETION) {
      return null;
    }
    try {
      var answer = json.readTree(body);
      return answer.path("url").isTextual() && answer.path("confirmation_code").isTextual()
          ? answer
          : null;
    } catch (IOException _) {
      return null;
    }
  }

  private Optional<HttpResponse<String>> attempt(Delivery delivery) {
    try {
      var secret = world.app(delivery.appId()).orElseThrow().secret();
      return Optional.of(http.send(Envelope.of(delivery, secret), BodyHandlers.ofString()));
    } catch (IOException _) {
      Log.debugf("Nobody answered delivery %d", delivery.id());
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
