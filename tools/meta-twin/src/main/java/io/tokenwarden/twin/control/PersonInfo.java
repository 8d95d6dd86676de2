package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;
import io.tokenwarden.twin.world.Person;
import java.util.List;

/// A person as the control API shows one. Ad account ids are digits, without `act_`.
record PersonInfo(String id, String name, boolean appInstalled, List<AdAccountInfo> adAccounts) {

  static PersonInfo of(Person person) {
    return new PersonInfo(
        person.id(),
        person.name(),
        person.grant() != null,
        person.adAccounts().stream().map(AdAccountInfo::of).toList());
  }

  record AdAccountInfo(
      String id, String name, String timezone, String currency, List<Campaign> campaigns) {

    static AdAccountInfo of(AdAccount account) {
      return new AdAccountInfo(
          account.id(),
          account.name(),
          account.timezone().getId(),
          account.currency(),
          account.campaigns());
    }
  }
}
