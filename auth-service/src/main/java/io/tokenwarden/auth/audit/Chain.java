package io.tokenwarden.auth.audit;

import io.tokenwarden.auth.audit.Verification.Break;
import io.tokenwarden.auth.audit.Verification.Kind;
import java.util.Optional;

/// Walks along sealed entries in the order of their positions, and stops where one is not what was
/// sealed.
final class Chain {
  private Link reached;

  /// @param from a place that is known to be right
  Chain(Link from) {
    this.reached = from;
  }

  /// @param sealed what its row says: the place it claims to lead to
  /// @return what is wrong with it; the walk is over then
  Optional<Break> next(Entry entry, Link sealed) {
    if (sealed.position() != reached.position() + 1) {
      return Optional.of(
          new Break(
              Kind.DELETED,
              reached.position() + 1,
              null,
              "No entry is at this position; the next is at " + sealed.position()));
    }
    var expected = reached.then(entry);
    if (!expected.equals(sealed)) {
      return Optional.of(
          new Break(
              Kind.CHANGED,
              sealed.position(),
              entry.id(),
              "This entry, its hash or its place is not what was sealed"));
    }
    reached = expected;
    return Optional.empty();
  }

  /// The last place that is right.
  Link reached() {
    return reached;
  }
}
