package io.tokenwarden.testsupport;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Something that goes on while the test does something else, in a thread of its own: the common
/// pool has one thread on two cores, and whoever waits in it keeps all others from beginning.
public final class Meanwhile {
  private Meanwhile() {}

  public static <T> CompletableFuture<T> get(Supplier<T> deed) {
    return CompletableFuture.supplyAsync(deed, task -> Thread.ofVirtual().start(task));
  }

  public static CompletableFuture<Void> run(Runnable deed) {
    return get(() -> {
      deed.run();
      return null;
    });
  }
}
