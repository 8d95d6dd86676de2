package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.AccountStatus;
import io.tokenwarden.twin.world.AppStanding;
import io.tokenwarden.twin.world.Checkpoint;
import io.tokenwarden.twin.world.Loss;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.util.Optional;

/// What can be made to happen, by the name it has in addresses: for the control API and the control
/// page alike.
@Singleton
final class Deeds {

  private final World world;

  @Inject
  Deeds(World world) {
    this.world = world;
  }

  /// Something a person does, or that happens to one.
  ///
  /// @param appId the app it concerns; null for the managed one
  void happen(String personId, String appId, String deed) {
    var id = known(personId).id();
    switch (deed) {
      case "change-password" -> world.changePassword(id);
      case "remove-app" -> world.removeApp(id, app(appId));
      case "log-out" -> world.logOut(id);
      case "expire-tokens" -> world.expireTokens(id);
      case "checkpoint" -> world.changePerson(id, person -> person.heldUpBy(Checkpoint.LOGIN));
      case "blocking-checkpoint" ->
          world.changePerson(id, person -> person.heldUpBy(Checkpoint.BLOCKING));
      case "pass-checkpoint" -> world.changePerson(id, Person::passingTheCheckpoint);
      default -> throw new NotFoundException();
    }
  }

  /// Something that happens between a person and a permission, an ad account or a pixel.
  ///
  /// @param appId the app it concerns; null for the managed one
  void happen(String personId, String appId, String kind, String thing, String deed) {
    var id = known(personId).id();
    var app = app(appId);
    switch (kind + " " + deed) {
      case "permissions withdraw" ->
          world.changePerson(id, person -> person.withdrawing(app, thing));
      case "permissions grant" -> world.changePerson(id, person -> person.granting(app, thing));
      case "ad-accounts lose", "pixels lose" -> lose(id, thing, Loss.UNKNOWN_OBJECT);
      case "ad-accounts lose-grant" -> lose(id, thing, Loss.NOT_GRANTED);
      case "ad-accounts regain", "pixels regain" ->
          world.changePerson(id, person -> person.regaining(owned(person, thing)));
      case "ad-accounts disable" -> set(id, thing, AccountStatus.DISABLED);
      case "ad-accounts enable" -> set(id, thing, AccountStatus.ACTIVE);
      default -> throw new NotFoundException();
    }
  }

  /// Something that happens to an app.
  void happenToTheApp(String appId, String deed) {
    var standing =
        switch (deed) {
          case "block" -> AppStanding.BLOCKED;
          case "delete" -> AppStanding.DELETED;
          case "restore" -> AppStanding.WELL;
          default -> throw new NotFoundException();
        };
    world.changeApp(appId, app -> app.with(standing));
  }

  private String app(String appId) {
    return appId == null
        ? world.managedApp().id()
        : world.app(appId).map(MetaApp::id).orElseThrow(NotFoundException::new);
  }

  private void lose(String personId, String assetId, Loss how) {
    world.changePerson(personId, person -> person.losing(owned(person, assetId), how));
  }

  private void set(String personId, String adAccountId, AccountStatus status) {
    world.changeAdAccount(owned(known(personId), adAccountId), account -> account.with(status));
  }

  private Person known(String personId) {
    return world.person(personId).orElseThrow(NotFoundException::new);
  }

  private static String owned(Person person, String assetId) {
    return Optional.of(assetId).filter(person::owns).orElseThrow(NotFoundException::new);
  }
}
