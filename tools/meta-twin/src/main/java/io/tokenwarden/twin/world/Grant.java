package io.tokenwarden.twin.world;

import java.util.Set;
import java.util.TreeSet;

/// What a person answered when the app asked for permissions. A person without a grant has not
/// installed the app.
///
/// @param expired granted once and not used for 90 days; null in states written before that was
///   told apart
/// @param adAccounts the ad accounts that were shared, by id; null for all there are and will be
public record Grant(
    Set<String> granted, Set<String> declined, Set<String> expired, Set<String> adAccounts) {

  /// The permissions that are given for ad accounts: for all of them, or for those that were
  /// chosen.
  private static final Set<String> FOR_AD_ACCOUNTS = Set.of("ads_read", "ads_management");

  public Grant {
    granted = Set.copyOf(granted);
    declined = Set.copyOf(declined);
    expired = expired == null ? Set.of() : Set.copyOf(expired);
    adAccounts = adAccounts == null ? null : Set.copyOf(adAccounts);
  }

  Grant(Set<String> granted, Set<String> declined) {
    this(granted, declined, Set.of(), null);
  }

  public static Grant none() {
    return new Grant(Set.of(), Set.of());
  }

  static Grant of(Set<String> granted) {
    return new Grant(granted, Set.of());
  }

  /// Whether a permission is given for ad accounts, which a person may choose among.
  public static boolean isForAdAccounts(String permission) {
    return FOR_AD_ACCOUNTS.contains(permission);
  }

  /// Whether an ad account was shared.
  public boolean shares(String adAccountId) {
    return adAccounts == null || adAccounts.contains(adAccountId);
  }

  /// The objects that a permission was given for, by id; none where it was given for all.
  public Set<String> targets(String permission) {
    return adAccounts != null && isForAdAccounts(permission) ? adAccounts : Set.of();
  }

  /// The grant after another consent: the latest answer per permission wins. Which ad accounts are
  /// shared is said anew with every permission for them.
  Grant then(Grant latest) {
    return new Grant(
        latest(granted, latest.granted, latest),
        latest(declined, latest.declined, latest),
        latest(expired, latest.expired, latest),
        latest.granted.stream().anyMatch(Grant::isForAdAccounts) ? latest.adAccounts : adAccounts);
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
