package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {
  /// Shorter than a tick.
  private static final Duration AT_ONCE = Duration.ofMillis(700);

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseSignals signals = new DatabaseSignals();
  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean overlapped = new AtomicBoolean();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void looksForWorkOnceASecondUnasked() {
    // when
    Worker.start("work", vertx, signals, () -> round(1));

    // then
    await().atMost(Duration.ofSeconds(4)).until(() -> rounds.get() >= 2);
  }

  @Test
  void looksAtOnceWhenWokenAndAsLongAsThereIsMore() {
    // given
    Worker.start("work", vertx, signals, () -> round(5));

    // when
    signals.wake("work", "");

    // then
    await().atMost(AT_ONCE).until(() -> rounds.get() >= 5);
  }

  @Test
  void makesOneRoundAtATimeHoweverOftenItIsWoken() {
    // given
    Worker.start("work", vertx, signals, () -> round(20));

    // when
    for (int i = 0; i < 100; i++) {
      signals.wake("work", "");
    }

    // then
    await().until(() -> rounds.get() >= 20);
    assertThat(overlapped).isFalse();
  }

  @Test
  void goesOnAfterARoundThatFailed() {
    // given
    Worker.start(
        "work",
        vertx,
        signals,
        () -> {
          rounds.incrementAndGet();
          throw new IllegalStateException("asked to");
        });

    // when
    signals.wake("work", "");

    // then
    await().atMost(Duration.ofSeconds(4)).until(() -> rounds.get() >= 2);
  }

  @Test
  void makesNoRoundAfterItWasStopped() {
    // given
    var worker = Worker.start("work", vertx, signals, () -> round(1));

    // when
    worker.stop();
    signals.wake("work", "");

    // then
    await().during(Duration.ofMillis(1500)).until(() -> rounds.get() == 0);
  }

  /// Takes a moment.
  ///
  /// @param until the round after which there is no more work
  private Uni<Boolean> round(int until) {
    if (underWay.incrementAndGet() > 1) {
      overlapped.set(true);
    }
    return Uni.createFrom()
        .item(() -> rounds.incrementAndGet() < until)
        .onItem()
        .delayIt()
        .by(Duration.ofMillis(5))
        .invoke(underWay::decrementAndGet);
  }
}
