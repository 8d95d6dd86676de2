package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.NewPerson;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// Body of `POST /twin/people`. Without `adAccounts` the person gets two, or those of the
/// colleague.
///
/// @param scopes the permissions this person agrees to when asked; all if left out
/// @param colleagueOf id of a person whose business and ad accounts are this one's too; null for
///   nobody
record PersonOrder(
    String name, List<AdAccountOrder> adAccounts, Set<String> scopes, String colleagueOf) {

  /// @throws IllegalArgumentException if the order cannot be carried out
  NewPerson person() {
    return new NewPerson(name, wanted(), scopes, colleagueOf);
  }

  private List<NewPerson.NewAdAccount> wanted() {
    if (adAccounts != null) {
      return adAccounts.stream().map(AdAccountOrder::adAccount).toList();
    }
    return colleagueOf == null ? NewPerson.buyer(name).adAccounts() : List.of();
  }

  record AdAccountOrder(String name, String timezone, String currency, Integer campaigns) {

    NewPerson.NewAdAccount adAccount() {
      return new NewPerson.NewAdAccount(
          name == null ? "Ad account" : name,
          zone(),
          currency == null ? "USD" : currency,
          campaigns == null ? 2 : campaigns);
    }

    private ZoneId zone() {
      try {
        return ZoneId.of(timezone == null ? "UTC" : timezone);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("unknown time zone " + timezone, e);
      }
    }
  }
}
