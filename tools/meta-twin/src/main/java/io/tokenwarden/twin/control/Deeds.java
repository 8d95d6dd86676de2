package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.AccountStatus;
import io.tokenwarden.twin.world.AppStanding;
import io.tokenwarden.twin.world.Checkpoint;
import io.tokenwarden.twin.world.Loss;
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
  void happen(String personId, String deed) {
    var id = known(personId).id();
    switch (deed) {
      case "change-password" -> world.changePassword(id);
      case "remove-app" -> world.removeApp(id);
      case "log-out" -> world.logOut(id);
      case "expire-tokens" -> world.expireTokens(id);
      case "checkpoint" -> world.change(id, person -> person.heldUpBy(Checkpoint.LOGIN));
      case "blocking-checkpoint" ->
          world.change(id, person -> person.heldUpBy(Checkpoint.BLOCKING));
      case "pass-checkpoint" -> world.change(id, Person::passingTheCheckpoint);
      default -> throw new NotFoundException();
    }
  }

  /// Something that happens between a person and a permission, an ad account or a pixel.
  void happen(String personId, String kind, String thing, String deed) {
    var id = known(personId).id();
    switch (kind + " " + deed) {
      case "permissions withdraw" -> world.change(id, person -> person.withdrawing(thing));
      case "permissions grant" -> world.change(id, person -> person.granting(thing));
      case "ad-accounts lose", "pixels lose" -> lose(id, thing, Loss.UNKNOWN_OBJECT);
      case "ad-accounts lose-grant" -> lose(id, thing, Loss.NOT_GRANTED);
      case "ad-accounts regain", "pixels regain" ->
          world.change(id, person -> person.regaining(owned(person, thing)));
      case "ad-accounts disable" -> set(id, thing, AccountStatus.DISABLED);
      case "ad-accounts enable" -> set(id, thing, AccountStatus.ACTIVE);
      default -> throw new NotFoundException();
    }
  }

  /// Something that happens to the app.
  void happenToTheApp(String deed) {
    switch (deed) {
      case "block" -> world.change(AppStanding.BLOCKED);
      case "delete" -> world.change(AppStanding.DELETED);
      case "restore" -> world.change(AppStanding.WELL);
      default -> throw new NotFoundException();
    }
  }

  private void lose(String personId, String assetId, Loss how) {
    world.change(personId, person -> person.losing(owned(person, assetId), how));
  }

  private void set(String personId, String adAccountId, AccountStatus status) {
    world.change(personId, person -> person.with(status, owned(person, adAccountId)));
  }

  private Person known(String personId) {
    return world.person(personId).orElseThrow(NotFoundException::new);
  }

  private static String owned(Person person, String assetId) {
    return Optional.of(assetId).filter(person::owns).orElseThrow(NotFoundException::new);
  }
}
