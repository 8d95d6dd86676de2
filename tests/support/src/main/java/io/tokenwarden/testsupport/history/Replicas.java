package io.tokenwarden.testsupport.history;

import io.tokenwarden.contracts.Event;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Several consumers of the same topics at once, as replicas and partitions make them.
public final class Replicas implements AutoCloseable {
  private static final int COUNT = 4;
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);

  /// Begins with the events in the order given, some at once, and returns when all are handled.
  ///
  /// @throws IllegalStateException if one is not handled, or not in time
  public void handle(List<Event> events, Consumer<Event> handler) {
    try {
      var handled =
          threads.invokeAll(
              events.stream()
                  .map(event -> Executors.callable(() -> handler.accept(event)))
                  .toList(),
              PATIENCE_SECONDS,
              TimeUnit.SECONDS);
      for (var each : handled) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("An event was not handled", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while events were handled", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
