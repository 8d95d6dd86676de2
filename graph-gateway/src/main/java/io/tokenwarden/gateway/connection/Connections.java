package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Revised;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All connections, their apps and what is in doubt about them, in memory, so that no call waits
/// for the database. Kept up to date by [Feed]; any thread may read it.
@ApplicationScoped
public class Connections {

  private final Map<ConnectionId, KnownConnection> known = new ConcurrentHashMap<>();
  private final Map<ConnectionId, Doubt> doubts = new ConcurrentHashMap<>();
  private final Map<String, KnownApp> apps = new ConcurrentHashMap<>();

  public Optional<KnownConnection> find(ConnectionId id) {
    return Optional.ofNullable(known.get(id));
  }

  /// The doubt that was raised about this generation, at this revision or later.
  Optional<Doubt> doubt(ConnectionId id, long generation, long revision) {
    return Optional.ofNullable(doubts.get(id)).filter(doubt -> doubt.covers(generation, revision));
  }

  /// The doubt that was raised about its generation since this was said of it, or about a later
  /// generation of which nothing was said yet.
  Optional<Doubt> doubtSince(KnownConnection connection) {
    return Optional.ofNullable(doubts.get(connection.id()))
        .filter(doubt ->
            doubt.covers(connection.generation(), connection.revision())
                || doubt.generation() > connection.generation());
  }

  /// Whether Meta is known to turn away every call of the app.
  public boolean isBlocked(String appId) {
    KnownApp app = apps.get(appId);
    return app != null && app.blocked();
  }

  /// Zero while nothing was said of the app.
  long appRevision(String appId) {
    KnownApp app = apps.get(appId);
    return app == null ? 0 : app.revision();
  }

  void learn(KnownApp app) {
    apps.merge(app.appId(), app, Revised::newest);
  }

  void learn(KnownConnection connection) {
    known.merge(connection.id(), connection, Revised::newest);
  }

  void learn(Doubt doubt) {
    doubts.merge(doubt.connection(), doubt, Doubt::latest);
  }
}
