package io.tokenwarden.twin.world;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Somebody with a Facebook login; `id` is the app-scoped user id.
///
/// @param willGrant the permissions this person agrees to when asked; null for whatever an app asks
///   for
/// @param grant what the person granted; null until the app is installed and after it was removed
public record Person(
    String id, String name, List<AdAccount> adAccounts, Set<String> willGrant, Grant grant) {

  public Person {
    adAccounts = List.copyOf(adAccounts);
    willGrant = willGrant == null ? null : Set.copyOf(willGrant);
  }

  public boolean agreesTo(String permission) {
    return willGrant == null || willGrant.contains(permission);
  }

  public Optional<AdAccount> adAccount(String adAccountId) {
    return adAccounts.stream().filter(account -> account.id().equals(adAccountId)).findFirst();
  }

  /// The permissions declined so far, which the dialog does not ask for again by itself.
  public Set<String> declined() {
    return grant == null ? Set.of() : grant.declined();
  }

  Person consenting(Grant latest) {
    var before = grant == null ? Grant.none() : grant;
    return new Person(id, name, adAccounts, willGrant, before.then(latest));
  }

  Person withoutApp() {
    return new Person(id, name, adAccounts, willGrant, null);
  }
}
