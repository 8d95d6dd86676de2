package io.tokenwarden.gateway.store;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.opentelemetry.runtime.QuarkusContextStorage;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/// Transactions for work that no longer belongs to one call: each runs on a context of its own,
/// whoever waits for it.
@ApplicationScoped
public class Transactions {

  private final Vertx vertx;

  @Inject
  Transactions(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Runs the work in a transaction of its own.
  public <T> Future<T> run(Supplier<Uni<T>> work) {
    Promise<T> promise = Promise.promise();
    Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    VertxContextSafetyToggle.setContextSafe(context, true);
    QuarkusContextStorage.INSTANCE.attach(context, io.opentelemetry.context.Context.current());
    context.runOnContext(
        _ -> Panache.withTransaction(work).subscribe().with(promise::complete, promise::fail));
    return promise.future();
  }
}
