package io.tokenwarden.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Wakes workers when a transaction of any replica has committed something for them.
///
/// A signal is PostgreSQL's `NOTIFY` on the channel `<name>_<schema>`; SQL sends it with
/// `pg_notify('<name>_' || current_schema(), '')`. It says "look now", and at most where to look:
/// signals sent while the connection was away are lost, so every listener is also called after each
/// reconnect, and no work may depend on a signal alone.
@ApplicationScoped
public class DatabaseSignals {
  private static final Logger LOG = Logger.getLogger(DatabaseSignals.class);

  private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

  /// Calls `wake` on the event loop at each signal of that name, and after each reconnect; from a
  /// second after this call at the latest. `wake` returns at once and does its work on its own.
  public void on(String name, Runnable wake) {
    hear(name, _ -> wake.run());
  }

  /// As [#on], and told the payload: empty after a reconnect, when anything may have been missed.
  public void hear(String name, Consumer<String> wake) {
    listeners.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>()).add(wake);
  }

  Set<String> names() {
    return listeners.keySet();
  }

  void wake(String name, String payload) {
    listeners.getOrDefault(name, List.of()).forEach(wake -> wake(name, wake, payload));
  }

  /// One listener that fails keeps no other from hearing.
  private static void wake(String name, Consumer<String> wake, String payload) {
    try {
      wake.accept(payload);
    } catch (RuntimeException e) {
      LOG.errorf(e, "A listener failed at the signal %s", name);
    }
  }
}
