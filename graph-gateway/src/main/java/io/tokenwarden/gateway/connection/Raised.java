package io.tokenwarden.gateway.connection;

import io.tokenwarden.graph.Suspicion;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What this replica has raised about a connection at one revision, so that a storm of failing
/// calls costs one row and not a statement each.
final class Raised {

  /// So many objects are told of at one revision: whoever calls thousands that are gone calls ads,
  /// of which auth-service asks nothing.
  static final int MOST = 100;

  private record Piece(Suspicion suspicion, String about) {}

  private final long revision;
  private final Set<Piece> pieces = ConcurrentHashMap.newKeySet();

  private Raised(long revision) {
    this.revision = revision;
  }

  static Raised at(FailedCall call) {
    return new Raised(call.revision());
  }

  /// Which of two to go on with.
  static Raised newest(Raised known, Raised other) {
    return other.revision > known.revision ? other : known;
  }

  /// @return whether it is to be raised
  boolean add(FailedCall call, String about) {
    return call.revision() == revision
        && (about.isEmpty() || pieces.size() < MOST)
        && pieces.add(new Piece(call.suspicion(), about));
  }

  /// It was not stored after all.
  void remove(FailedCall call, String about) {
    pieces.remove(new Piece(call.suspicion(), about));
  }
}
