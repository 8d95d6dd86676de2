package io.tokenwarden.twin.world;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// A person to be made, with ad accounts that get ids of their own.
///
/// @param willGrant the permissions this person agrees to when asked; null for all
/// @param colleagueOf somebody whose business and ad accounts are this person's too; null for
///   nobody
public record NewPerson(
    String name, List<NewAdAccount> adAccounts, Set<String> willGrant, String colleagueOf) {

  public NewPerson {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a person needs a name");
    }
    adAccounts = List.copyOf(adAccounts);
  }

  public record NewAdAccount(String name, ZoneId timezone, String currency, int campaigns) {

    public NewAdAccount {
      if (campaigns < 0 || campaigns > 1_000) {
        throw new IllegalArgumentException("an ad account has 0 to 1000 campaigns");
      }
    }
  }

  /// A media buyer with two ad accounts far apart, so that "today" differs between them for a good
  /// part of each day.
  public static NewPerson buyer(String name) {
    return new NewPerson(
        name,
        List.of(
            new NewAdAccount(name + " West", ZoneId.of("America/Los_Angeles"), "USD", 3),
            new NewAdAccount(name + " East", ZoneId.of("Asia/Tokyo"), "EUR", 2)),
        null,
        null);
  }
}
