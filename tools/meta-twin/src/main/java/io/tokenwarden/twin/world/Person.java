package io.tokenwarden.twin.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Somebody with a Facebook login, or a system user, which has none. `id` is what the managed app
/// knows them by: see [World#userId].
///
/// @param systemUser whether it is a robot of the business; those are not seen in the dialog
/// @param business null in states written before there were any: one of their own
/// @param adAccounts all that are theirs, also those out of reach
/// @param willGrant the permissions this person agrees to when asked; null for whatever an app asks
///   for
/// @param grants what the person granted, by app; none for an app that is not installed
/// @param lost by id: the assets this person has lost, and how Meta says so; null in states written
///   before things could be lost
/// @param troubles null in states written before there were any
/// @param exchange how exchanges of this person's tokens turn out; null in older states
public record Person(
    String id,
    String name,
    boolean systemUser,
    Business business,
    List<AdAccount> adAccounts,
    Set<String> willGrant,
    Map<String, Grant> grants,
    Map<String, Loss> lost,
    Troubles troubles,
    ExchangeHabit exchange) {

  public Person {
    business = business == null ? Business.ofPerson(id, name) : business;
    adAccounts = List.copyOf(adAccounts);
    willGrant = willGrant == null ? null : Set.copyOf(willGrant);
    grants = Map.copyOf(grants);
    lost = lost == null ? Map.of() : Map.copyOf(lost);
    troubles = troubles == null ? Troubles.NONE : troubles;
    exchange = exchange == null ? ExchangeHabit.USUAL : exchange;
  }

  static Person stranger(
      String id,
      String name,
      Business business,
      List<AdAccount> adAccounts,
      Set<String> willGrant) {
    return new Person(id, name, false, business, adAccounts, willGrant, Map.of(), null, null, null);
  }

  /// A robot of this person's business.
  Person withSystemUser(String newId, String newName, List<AdAccount> assigned) {
    return new Person(newId, newName, true, business, assigned, null, Map.of(), null, null, null);
  }

  public boolean agreesTo(String permission) {
    return willGrant == null || willGrant.contains(permission);
  }

  public Optional<AdAccount> adAccount(String adAccountId) {
    return adAccounts.stream().filter(account -> account.id().equals(adAccountId)).findFirst();
  }

  public List<AdAccount> reachableAdAccounts() {
    return adAccounts.stream().filter(account -> reaches(account.id())).toList();
  }

  /// The pixels of an account, as far as they have not been lost.
  public List<Pixel> reachablePixels(AdAccount account) {
    return reaches(account.pixel().id()) ? List.of(account.pixel()) : List.of();
  }

  /// Whether something of this id has not been lost.
  public boolean reaches(String assetId) {
    return !lost.containsKey(assetId);
  }

  /// What the app was granted; empty until it is installed and after it was removed.
  public Optional<Grant> grant(String appId) {
    return Optional.ofNullable(grants.get(appId));
  }

  /// The permissions declined so far, which the dialog does not ask for again by itself.
  public Set<String> declined(String appId) {
    return grant(appId).map(Grant::declined).orElse(Set.of());
  }

  /// Whether something of this id is theirs to lose.
  public boolean owns(String assetId) {
    return assetIds().anyMatch(assetId::equals);
  }

  private Stream<String> assetIds() {
    var ofAccounts =
        adAccounts.stream().flatMap(account -> Stream.of(account.id(), account.pixel().id()));
    return Stream.concat(
        ofAccounts, Stream.of(business.id(), business.page().id(), business.catalog().id()));
  }

  Person consenting(String appId, Grant latest) {
    return withGrant(appId, grant(appId).orElse(Grant.none()).then(latest));
  }

  Person withoutApp(String appId) {
    var fewer = new HashMap<>(grants);
    fewer.remove(appId);
    return withGrants(fewer);
  }

  /// Takes a permission back in the settings of the login. Without the app there is none.
  public Person withdrawing(String appId, String permission) {
    return answering(appId, new Grant(Set.of(), Set.of(permission)));
  }

  /// Gives a permission in the settings of the login.
  public Person granting(String appId, String permission) {
    return answering(appId, new Grant(Set.of(permission), Set.of()));
  }

  /// Lets a permission run out for want of use.
  public Person forgoing(String appId, String permission) {
    return answering(appId, new Grant(Set.of(), Set.of(), Set.of(permission), null));
  }

  private Person answering(String appId, Grant latest) {
    return grant(appId).map(grant -> withGrant(appId, grant.then(latest))).orElse(this);
  }

  public Person heldUpBy(Checkpoint checkpoint) {
    return with(troubles.with(checkpoint));
  }

  public Person passingTheCheckpoint() {
    return with(troubles.with((Checkpoint) null));
  }

  public Person losing(String assetId, Loss how) {
    var more = new HashMap<>(lost);
    more.put(assetId, how);
    return withLost(more);
  }

  public Person regaining(String assetId) {
    var fewer = new HashMap<>(lost);
    fewer.remove(assetId);
    return withLost(fewer);
  }

  Person assigned(AdAccount account) {
    return adAccount(account.id()).isPresent()
        ? regaining(account.id())
        : withAdAccounts(WorldState.plus(adAccounts, account));
  }

  Person withAdAccounts(List<AdAccount> changed) {
    return new Person(
        id, name, systemUser, business, changed, willGrant, grants, lost, troubles, exchange);
  }

  private Person withGrant(String appId, Grant grant) {
    var all = new HashMap<>(grants);
    all.put(appId, grant);
    return withGrants(all);
  }

  private Person withGrants(Map<String, Grant> all) {
    return new Person(
        id, name, systemUser, business, adAccounts, willGrant, all, lost, troubles, exchange);
  }

  private Person withLost(Map<String, Loss> all) {
    return new Person(
        id, name, systemUser, business, adAccounts, willGrant, grants, all, troubles, exchange);
  }

  public Person with(Troubles latest) {
    return new Person(
        id, name, systemUser, business, adAccounts, willGrant, grants, lost, latest, exchange);
  }

  public Person with(ExchangeHabit latest) {
    return new Person(
        id, name, systemUser, business, adAccounts, willGrant, grants, lost, troubles, latest);
  }
}
