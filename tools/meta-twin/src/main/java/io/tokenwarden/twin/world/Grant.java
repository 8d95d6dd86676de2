package io.tokenwarden.twin.world;

import java.util.Set;
import java.util.TreeSet;

/// What a person answered when the app asked for permissions. A person without a grant has not
/// installed the app.
public record Grant(Set<String> granted, Set<String> declined) {

  public Grant {
    granted = Set.copyOf(granted);
    declined = Set.copyOf(declined);
  }

  public static Grant none() {
    return new Grant(Set.of(), Set.of());
  }

  /// The grant after another consent: the latest answer per permission wins.
  Grant then(Grant latest) {
    var grantedNow = new TreeSet<>(granted);
    grantedNow.removeAll(latest.declined);
    grantedNow.addAll(latest.granted);
    var declinedNow = new TreeSet<>(declined);
    declinedNow.addAll(latest.declined);
    declinedNow.removeAll(latest.granted);
    return new Grant(grantedNow, declinedNow);
  }
}
