package io.tokenwarden.testsupport;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/// Runs reactive work of the service under test as the service itself does, on a context of its
/// own, and waits for what comes of it. What it fails with comes as it is if it is unchecked.
public final class Transactions {

  private Transactions() {}

  /// Each in one transaction.
  public static <T> T inTransaction(Supplier<Uni<T>> work) {
    return await(() -> Panache.withTransaction(work));
  }

  /// For work that opens its own transactions, if any.
  public static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
