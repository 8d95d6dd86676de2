package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.NewPerson;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// Body of `POST /twin/people`. Without `adAccounts` the person gets two.
///
/// @param scopes the permissions this person agrees to when asked; all if left out
record PersonOrder(String name, List<AdAccountOrder> adAccounts, Set<String> scopes) {

  /// @throws IllegalArgumentException if the order cannot be carried out
  NewPerson person() {
    if (adAccounts == null) {
      var buyer = NewPerson.buyer(name);
      return new NewPerson(buyer.name(), buyer.adAccounts(), scopes);
    }
    return new NewPerson(name, adAccounts.stream().map(AdAccountOrder::adAccount).toList(), scopes);
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
