package io.tokenwarden.fire;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Something that goes on while the test does something else.
final class Meanwhile {
  private Meanwhile() {}

  static <T> CompletableFuture<T> get(Supplier<T> deed) {
    return CompletableFuture.supplyAsync(deed, task -> Thread.ofVirtual().start(task));
  }

  static CompletableFuture<Void> run(Runnable deed) {
    return get(() -> {
      deed.run();
      return null;
    });
  }
}
