package io.tokenwarden.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Writes down every fact it is given, and then fails as often as a test asked for.
@ApplicationScoped
class Effects implements EventHandler {
  private final Map<String, AtomicInteger> failuresLeft = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

  void failAt(String key, int times) {
    failuresLeft.put(key, new AtomicInteger(times));
  }

  int attemptsAt(String key) {
    return counted(attempts, key).get();
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    counted(attempts, event.key()).incrementAndGet();
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery("insert into effect values (:id, :subject)")
                .setParameter("id", meta.id())
                .setParameter("subject", event.key())
                .executeUpdate())
        .invoke(() -> failIfAskedTo(event.key()))
        .replaceWithVoid();
  }

  private void failIfAskedTo(String key) {
    if (counted(failuresLeft, key).getAndDecrement() > 0) {
      throw new IllegalArgumentException("The words of this failure must not travel");
    }
  }

  private static AtomicInteger counted(Map<String, AtomicInteger> counters, String key) {
    return counters.computeIfAbsent(key, _ -> new AtomicInteger());
  }
}
