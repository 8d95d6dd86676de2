package io.tokenwarden.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// What a service does: it changes state and announces that, in one transaction.
@ApplicationScoped
class Things {
  private final Outbox outbox;

  @Inject
  Things(Outbox outbox) {
    this.outbox = outbox;
  }

  void create(String id, Event... events) throws Throwable {
    var announced = List.of(events);
    VertxContextSupport.subscribeAndAwait(
        () -> Panache.withTransaction(() -> insert(id).chain(() -> announce(announced))));
  }

  /// Fails after all was written, before the commit.
  void createAndFail(String id, Event event) throws Throwable {
    VertxContextSupport.subscribeAndAwait(() ->
        Panache.withTransaction(() ->
            insert(id)
                .chain(() -> outbox.add(event))
                .chain(() -> Uni.createFrom().failure(new IllegalStateException("asked to")))));
  }

  void announceWithoutTransaction(Event event) throws Throwable {
    VertxContextSupport.subscribeAndAwait(() -> Panache.withSession(() -> outbox.add(event)));
  }

  private static Uni<Integer> insert(String id) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery("insert into thing values (:id)")
                .setParameter("id", id)
                .executeUpdate());
  }

  private Uni<Void> announce(List<Event> events) {
    return Multi.createFrom()
        .iterable(events)
        .onItem()
        .transformToUniAndConcatenate(outbox::add)
        .onItem()
        .ignoreAsUni();
  }
}
