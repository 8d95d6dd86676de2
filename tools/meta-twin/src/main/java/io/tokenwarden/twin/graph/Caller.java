package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Grant;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Pixel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The person in whose name a call is made, with a living token.
///
/// @param userId what the app knows the person by
record Caller(Person person, IssuedToken token, String userId) {

  private static final String EITHER = "ads_management or ads_read";

  /// What the token may do now: a permission must be in the token and still be granted.
  Set<String> scopes() {
    var scopes = new TreeSet<>(token.scopes());
    scopes.retainAll(grant().granted());
    return scopes;
  }

  /// What the app was granted by the person: nothing without the app.
  Grant grant() {
    return person.grant(token.appId()).orElse(Grant.none());
  }

  void mustReadAds() {
    if (!canReadAds()) {
      throw new GraphException(GraphError.permissionNeeded(EITHER));
    }
  }

  /// The person's ad account; one of somebody else and one that does not exist are told in the same
  /// words.
  AdAccount adAccount(String method, String id) {
    var account =
        person
            .adAccount(id)
            .filter(_ -> canReadAds())
            .orElseThrow(() -> new GraphException(GraphError.adAccountOutOfReach()));
    if (person.lost().containsKey(id)) {
      throw new GraphException(lost(method, id));
    }
    return account;
  }

  private GraphError lost(String method, String id) {
    return switch (person.lost().get(id)) {
      case UNKNOWN_OBJECT -> GraphError.unknownObject(method, "act_" + id);
      case NOT_GRANTED -> GraphError.adAccountOutOfReach();
    };
  }

  List<Pixel> pixels(AdAccount account) {
    return person.reachablePixels(account);
  }

  /// A pixel of an ad account within reach.
  Optional<Pixel> pixel(String id) {
    return canReadAds()
        ? person.reachableAdAccounts().stream()
            .flatMap(account -> pixels(account).stream())
            .filter(pixel -> pixel.id().equals(id))
            .findFirst()
        : Optional.empty();
  }

  private boolean canReadAds() {
    var scopes = scopes();
    return scopes.contains("ads_read") || scopes.contains("ads_management");
  }
}
