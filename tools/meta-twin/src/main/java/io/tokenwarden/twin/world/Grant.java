package io.tokenwarden.twin.world;

import java.util.Set;
import java.util.TreeSet;

/// What a person answered when the app asked for permissions. A person without a grant has not
/// installed the app.
///
/// @param expired granted once and not used for 90 days; null in states written before that was
///   told apart
public record Grant(Set<String> granted, Set<String> declined, Set<String> expired) {

  public Grant {
    granted = Set.copyOf(granted);
    declined = Set.copyOf(declined);
    expired = expired == null ? Set.of() : Set.copyOf(expired);
  }

  Grant(Set<String> granted, Set<String> declined) {
    this(granted, declined, Set.of());
  }

  public static Grant none() {
    return new Grant(Set.of(), Set.of());
  }

  static Grant of(Set<String> granted) {
    return new Grant(granted, Set.of());
  }

  /// The grant after another consent: the latest answer per permission wins.
  Grant then(Grant latest) {
    return new Grant(
        latest(granted, latest.granted, latest),
        latest(declined, latest.declined, latest),
        latest(expired, latest.expired, latest));
  }

  private static Set<String> latest(Set<String> before, Set<String> added, Grant answered) {
    var now = new TreeSet<>(before);
    now.removeAll(answered.granted);
    now.removeAll(answered.declined);
    now.removeAll(answered.expired);
    now.addAll(added);
    return now;
  }
}
