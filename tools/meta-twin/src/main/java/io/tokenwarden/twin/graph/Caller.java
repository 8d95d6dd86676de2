package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Business;
import io.tokenwarden.twin.world.Grant;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Pixel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The person in whose name a call is made, with a living token.
///
/// @param userId what the app knows the person by
record Caller(Person person, IssuedToken token, String userId) {

  private static final String EITHER = "ads_management or ads_read";
  private static final String MANAGE_ADS = "ads_management";
  private static final String MANAGE_BUSINESS = "business_management";

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

  /// Passes while the person may write.
  void mustBeLetWrite(Instant now) {
    var block = person.troubles().block();
    if (block != null && block.holds(now)) {
      throw new GraphException(GraphError.blocked(block.kind()));
    }
  }

  void mustReadAds() {
    must(canReadAds(), EITHER);
  }

  void mustManageAds() {
    must(scopes().contains(MANAGE_ADS), MANAGE_ADS);
  }

  void mustManageBusiness() {
    must(scopes().contains(MANAGE_BUSINESS), MANAGE_BUSINESS);
  }

  void mustManageCatalogs() {
    must(canManageCatalogs(), "catalog_management");
  }

  private static void must(boolean can, String permissions) {
    if (!can) {
      throw new GraphException(GraphError.permissionNeeded(permissions));
    }
  }

  /// The person's ad account; one of somebody else, one that was not shared and one that does not
  /// exist are told in the same words.
  AdAccount adAccount(String method, String id) {
    var account =
        person
            .adAccount(id)
            .filter(_ -> canReadAds())
            .filter(_ -> grant().shares(id))
            .orElseThrow(() -> new GraphException(GraphError.adAccountOutOfReach()));
    if (!person.reaches(id)) {
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
    return readableAdAccounts()
        .flatMap(account -> pixels(account).stream())
        .filter(pixel -> pixel.id().equals(id))
        .findFirst();
  }

  /// The ad accounts within reach, for who may read ads.
  Stream<AdAccount> readableAdAccounts() {
    return canReadAds() ? adAccounts().stream() : Stream.empty();
  }

  /// The ad accounts within reach: those of the person's that were shared.
  List<AdAccount> adAccounts() {
    var grant = grant();
    return person.reachableAdAccounts().stream()
        .filter(account -> grant.shares(account.id()))
        .toList();
  }

  /// The businesses the person works for.
  List<Business> businesses() {
    var business = person.business();
    return person.reaches(business.id()) ? List.of(business) : List.of();
  }

  /// The pages the person has a role on and may show the app.
  List<Business.Page> pages() {
    var page = person.business().page();
    return scopes().contains("pages_show_list") && person.reaches(page.id())
        ? List.of(page)
        : List.of();
  }

  List<Business.Catalog> catalogs() {
    var catalog = person.business().catalog();
    return canManageCatalogs() && person.reaches(catalog.id()) ? List.of(catalog) : List.of();
  }

  private boolean canManageCatalogs() {
    return scopes().contains("catalog_management") || scopes().contains(MANAGE_BUSINESS);
  }

  private boolean canReadAds() {
    return scopes().contains("ads_read") || scopes().contains(MANAGE_ADS);
  }
}
