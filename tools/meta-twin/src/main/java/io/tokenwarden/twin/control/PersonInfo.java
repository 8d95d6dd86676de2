package io.tokenwarden.twin.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Business;
import io.tokenwarden.twin.world.Campaign;
import io.tokenwarden.twin.world.Checkpoint;
import io.tokenwarden.twin.world.Grant;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Pixel;
import io.tokenwarden.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A person as the control API shows one. Ad account ids are digits, without `act_`.
///
/// @param userIds what each app knows the person by
/// @param appInstalled whether the managed app is
/// @param checkpoint null while there is none to pass
/// @param permissions what the managed app was granted; null while it is not installed
@JsonInclude(JsonInclude.Include.ALWAYS)
record PersonInfo(
    String id,
    String name,
    boolean systemUser,
    Map<String, String> userIds,
    boolean appInstalled,
    Checkpoint checkpoint,
    Permissions permissions,
    BusinessInfo business,
    List<AdAccountInfo> adAccounts) {

  static PersonInfo of(Person person, World world) {
    var grant = person.grant(world.managedApp().id());
    return new PersonInfo(
        person.id(),
        person.name(),
        person.systemUser(),
        world.apps().stream()
            .collect(Collectors.toMap(MetaApp::id, app -> world.userId(person, app.id()))),
        grant.isPresent(),
        person.troubles().checkpoint(),
        grant.map(Permissions::of).orElse(null),
        BusinessInfo.of(person.business()),
        person.adAccounts().stream().map(account -> AdAccountInfo.of(account, person)).toList());
  }

  record BusinessInfo(String id, String name, String pageId, String catalogId) {

    static BusinessInfo of(Business business) {
      return new BusinessInfo(
          business.id(), business.name(), business.page().id(), business.catalog().id());
    }
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
      List<CampaignInfo> campaigns) {

    static AdAccountInfo of(AdAccount account, Person person) {
      return new AdAccountInfo(
          account.id(),
          account.name(),
          account.timezone().getId(),
          account.currency(),
          account.status().number(),
          person.reaches(account.id()),
          PixelInfo.of(account.pixel(), person),
          account.campaigns().stream().map(CampaignInfo::of).toList());
    }
  }

  record CampaignInfo(String id, String name) {

    static CampaignInfo of(Campaign campaign) {
      return new CampaignInfo(campaign.id(), campaign.name());
    }
  }

  record PixelInfo(String id, String name, boolean reachable) {

    static PixelInfo of(Pixel pixel, Person person) {
      return new PixelInfo(pixel.id(), pixel.name(), person.reaches(pixel.id()));
    }
  }
}
