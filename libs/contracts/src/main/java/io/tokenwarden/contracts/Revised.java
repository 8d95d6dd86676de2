package io.tokenwarden.contracts;

import java.util.OptionalLong;

/// The complete state of one thing (a connection, an asset, a schedule) at one of its revisions.
///
/// **The merge rule**, and its only place: of each thing a consumer keeps the state with the
/// largest revision. The owner of the thing numbers its states under one lock, so two states with
/// the same revision are the same state; hence in whatever order facts arrive, however often, and
/// whichever of them a newer one has made superfluous, every consumer ends with the same state, and
/// never goes back to one that an older generation described. What a consumer derives, it derives
/// from the states it keeps and not from the fact that brought them.
///
/// Decided in `docs/adr/0003-generation-fences-in-revision-orders-out.md`.
public interface Revised {

  /// Counts the states of the thing, from 1.
  long revision();

  /// Whether this state is to be kept in place of the one that is known of the same thing.
  ///
  /// @param known the revision of the known state; empty if nothing is known yet
  default boolean supersedes(OptionalLong known) {
    return known.isEmpty() || revision() > known.getAsLong();
  }

  /// Which of two states of the same thing is to be kept.
  static <S extends Revised> S newest(S known, S other) {
    return other.supersedes(OptionalLong.of(known.revision())) ? other : known;
  }
}
