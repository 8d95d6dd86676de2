package io.tokenwarden.twin.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Somebody with a Facebook login; `id` is the app-scoped user id.
///
/// @param adAccounts all that are theirs, also those out of reach
/// @param willGrant the permissions this person agrees to when asked; null for whatever an app asks
///   for
/// @param grant what the person granted; null until the app is installed and after it was removed
/// @param checkpoint null while there is none to pass
/// @param lost by id: the ad accounts and pixels this person has lost, and how Meta says so; null
///   in states written before things could be lost
public record Person(
    String id,
    String name,
    List<AdAccount> adAccounts,
    Set<String> willGrant,
    Grant grant,
    Checkpoint checkpoint,
    Map<String, Loss> lost) {

  public Person {
    adAccounts = List.copyOf(adAccounts);
    willGrant = willGrant == null ? null : Set.copyOf(willGrant);
    lost = lost == null ? Map.of() : Map.copyOf(lost);
  }

  static Person stranger(
      String id, String name, List<AdAccount> adAccounts, Set<String> willGrant) {
    return new Person(id, name, adAccounts, willGrant, null, null, Map.of());
  }

  public boolean agreesTo(String permission) {
    return willGrant == null || willGrant.contains(permission);
  }

  public Optional<AdAccount> adAccount(String adAccountId) {
    return adAccounts.stream().filter(account -> account.id().equals(adAccountId)).findFirst();
  }

  public List<AdAccount> reachableAdAccounts() {
    return adAccounts.stream().filter(account -> !lost.containsKey(account.id())).toList();
  }

  /// The pixels of an account, as far as they have not been lost.
  public List<Pixel> reachablePixels(AdAccount account) {
    return lost.containsKey(account.pixel().id()) ? List.of() : List.of(account.pixel());
  }

  /// The permissions declined so far, which the dialog does not ask for again by itself.
  public Set<String> declined() {
    return grant == null ? Set.of() : grant.declined();
  }

  /// Whether something of this id is theirs to lose.
  public boolean owns(String assetId) {
    return adAccounts.stream()
        .anyMatch(account -> account.id().equals(assetId) || account.pixel().id().equals(assetId));
  }

  Person consenting(Grant latest) {
    var before = grant == null ? Grant.none() : grant;
    return with(before.then(latest));
  }

  Person withoutApp() {
    return with((Grant) null);
  }

  /// Takes a permission back in the settings of the login. Without the app there is none.
  public Person withdrawing(String permission) {
    return grant == null ? this : with(grant.then(new Grant(Set.of(), Set.of(permission))));
  }

  /// Gives a permission in the settings of the login.
  public Person granting(String permission) {
    return grant == null ? this : with(grant.then(new Grant(Set.of(permission), Set.of())));
  }

  public Person heldUpBy(Checkpoint newCheckpoint) {
    return new Person(id, name, adAccounts, willGrant, grant, newCheckpoint, lost);
  }

  public Person passingTheCheckpoint() {
    return heldUpBy(null);
  }

  public Person losing(String assetId, Loss how) {
    var more = new HashMap<>(lost);
    more.put(assetId, how);
    return with(more);
  }

  public Person regaining(String assetId) {
    var fewer = new HashMap<>(lost);
    fewer.remove(assetId);
    return with(fewer);
  }

  public Person with(AccountStatus status, String adAccountId) {
    var changed =
        adAccounts.stream()
            .map(account -> account.id().equals(adAccountId) ? account.with(status) : account)
            .toList();
    return new Person(id, name, changed, willGrant, grant, checkpoint, lost);
  }

  private Person with(Grant newGrant) {
    return new Person(id, name, adAccounts, willGrant, newGrant, checkpoint, lost);
  }

  private Person with(Map<String, Loss> newLost) {
    return new Person(id, name, adAccounts, willGrant, grant, checkpoint, newLost);
  }
}
