package io.tokenwarden.twin.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;
import io.tokenwarden.twin.world.Checkpoint;
import io.tokenwarden.twin.world.Grant;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Pixel;
import java.util.List;
import java.util.Set;

/// A person as the control API shows one. Ad account ids are digits, without `act_`.
///
/// @param checkpoint null while there is none to pass
/// @param permissions null while the app is not installed
@JsonInclude(JsonInclude.Include.ALWAYS)
record PersonInfo(
    String id,
    String name,
    boolean appInstalled,
    Checkpoint checkpoint,
    Permissions permissions,
    List<AdAccountInfo> adAccounts) {

  static PersonInfo of(Person person) {
    return new PersonInfo(
        person.id(),
        person.name(),
        person.grant() != null,
        person.checkpoint(),
        person.grant() == null ? null : Permissions.of(person.grant()),
        person.adAccounts().stream().map(account -> AdAccountInfo.of(account, person)).toList());
  }

  record Permissions(Set<String> granted, Set<String> declined) {

    static Permissions of(Grant grant) {
      return new Permissions(grant.granted(), grant.declined());
    }
  }

  /// @param status the number Meta gives as `account_status`
  /// @param reachable false once the person has lost it
  record AdAccountInfo(
      String id,
      String name,
      String timezone,
      String currency,
      int status,
      boolean reachable,
      PixelInfo pixel,
      List<Campaign> campaigns) {

    static AdAccountInfo of(AdAccount account, Person person) {
      return new AdAccountInfo(
          account.id(),
          account.name(),
          account.timezone().getId(),
          account.currency(),
          account.status().number(),
          !person.lost().containsKey(account.id()),
          PixelInfo.of(account.pixel(), person),
          account.campaigns());
    }
  }

  record PixelInfo(String id, String name, boolean reachable) {

    static PixelInfo of(Pixel pixel, Person person) {
      return new PixelInfo(pixel.id(), pixel.name(), !person.lost().containsKey(pixel.id()));
    }
  }
}
