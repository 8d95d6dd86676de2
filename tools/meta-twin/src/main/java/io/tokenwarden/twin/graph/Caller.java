package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Person;
import java.util.Set;
import java.util.TreeSet;

/// The person in whose name a call is made, with a living token.
record Caller(Person person, IssuedToken token) {

  private static final String EITHER = "ads_management or ads_read";

  /// What the token may do now: a permission must be in the token and still be granted.
  Set<String> scopes() {
    var scopes = new TreeSet<>(token.scopes());
    scopes.retainAll(person.grant() == null ? Set.of() : person.grant().granted());
    return scopes;
  }

  void mustReadAds() {
    if (!canReadAds()) {
      throw new GraphException(GraphError.permissionNeeded(EITHER));
    }
  }

  /// The person's ad account; one out of reach and one that does not exist are told in the same
  /// words.
  AdAccount adAccount(String id) {
    return person
        .adAccount(id)
        .filter(_ -> canReadAds())
        .orElseThrow(() -> new GraphException(GraphError.adAccountOutOfReach()));
  }

  private boolean canReadAds() {
    var scopes = scopes();
    return scopes.contains("ads_read") || scopes.contains("ads_management");
  }
}
