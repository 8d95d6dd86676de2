package io.tokenwarden.twin.control;

import io.tokenwarden.twin.callbacks.Courier;
import io.tokenwarden.twin.world.AccountStatus;
import io.tokenwarden.twin.world.AppStanding;
import io.tokenwarden.twin.world.Checkpoint;
import io.tokenwarden.twin.world.DeathCause;
import io.tokenwarden.twin.world.Loss;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.PolicyBlock;
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
  private final Courier courier;

  @Inject
  Deeds(World world, Courier courier) {
    this.world = world;
    this.courier = courier;
  }

  /// Something a person does, or that happens to one.
  ///
  /// @param appId the app it concerns; null for the managed one
  void happen(String personId, String appId, String deed) {
    var id = known(personId).id();
    switch (deed) {
      case "change-password" -> world.changePassword(id);
      case "remove-app" -> world.removeApp(id, app(appId));
      case "delete-data" -> world.askDeletion(id, app(appId));
      case "log-out" -> world.logOut(id);
      case "expire-tokens" -> world.expireTokens(id);
      case "end-data-access" -> world.endDataAccess(id);
      case "revoke-tokens" -> world.killTokens(id, DeathCause.REVOKED);
      case "leave-business" -> world.killTokens(id, DeathCause.SYSTEM_USER_LOST);
      case "stay-away" -> world.killTokens(id, DeathCause.LONG_ABSENCE);
      case "go-unused" -> world.killTokens(id, DeathCause.UNUSED_90_DAYS);
      case "checkpoint" -> hold(id, Checkpoint.LOGIN);
      case "blocking-checkpoint" -> hold(id, Checkpoint.BLOCKING);
      case "unconfirm" -> hold(id, Checkpoint.UNCONFIRMED);
      case "pass-checkpoint" -> world.changePerson(id, Person::passingTheCheckpoint);
      case "block" -> block(id, new PolicyBlock(PolicyBlock.Kind.POLICY, null));
      case "block-actions" -> block(id, new PolicyBlock(PolicyBlock.Kind.ACTION, null));
      case "unblock" -> block(id, null);
      case "dispute" -> dispute(id, true);
      case "settle" -> dispute(id, false);
      default -> throw new NotFoundException();
    }
  }

  private void hold(String personId, Checkpoint checkpoint) {
    world.changePerson(personId, person -> person.heldUpBy(checkpoint));
  }

  private void block(String personId, PolicyBlock block) {
    world.changePerson(personId, person -> person.with(person.troubles().with(block)));
  }

  private void dispute(String personId, boolean disputed) {
    world.changePerson(personId, person -> person.with(person.troubles().disputed(disputed)));
  }

  /// Something that happens between a person and a permission or something they have.
  ///
  /// @param appId the app it concerns; null for the managed one
  void happen(String personId, String appId, String kind, String thing, String deed) {
    var id = known(personId).id();
    switch (kind) {
      case "permissions" -> happenToPermission(id, app(appId), thing, deed);
      case "ad-accounts" -> happenToAdAccount(id, thing, deed);
      case "pixels" -> happenToPixel(id, thing, deed);
      case "pages", "catalogs", "businesses" -> happenToAsset(id, thing, deed);
      default -> throw new NotFoundException();
    }
  }

  private void happenToPermission(String id, String app, String permission, String deed) {
    switch (deed) {
      case "withdraw" -> world.withdraw(id, app, permission);
      case "grant" -> world.grant(id, app, permission);
      case "expire" -> world.changePerson(id, person -> person.forgoing(app, permission));
      default -> throw new NotFoundException();
    }
  }

  private void happenToAdAccount(String id, String adAccount, String deed) {
    if (deed.equals("assign")) {
      world.assign(id, world.adAccount(adAccount).orElseThrow(NotFoundException::new));
    } else {
      happenToOwnAdAccount(id, adAccount, deed);
    }
  }

  private void happenToOwnAdAccount(String id, String adAccount, String deed) {
    var account = owned(known(id), adAccount);
    switch (deed) {
      case "lose-grant" -> lose(id, account, Loss.NOT_GRANTED);
      case "lose-funding" -> world.changeAdAccount(account, it -> it.withFunding(false));
      case "regain-funding" -> world.changeAdAccount(account, it -> it.withFunding(true));
      default ->
          AccountStatus.after(deed)
              .ifPresentOrElse(
                  status -> world.changeAdAccount(account, it -> it.with(status)),
                  () -> happenToAsset(id, account, deed));
    }
  }

  private void happenToPixel(String id, String pixel, String deed) {
    switch (deed) {
      case "fail" -> changePixel(id, pixel, false);
      case "recover" -> changePixel(id, pixel, true);
      default -> happenToAsset(id, pixel, deed);
    }
  }

  private void changePixel(String personId, String pixel, boolean available) {
    known(personId).adAccounts().stream()
        .filter(account -> account.pixel().id().equals(pixel))
        .findFirst()
        .ifPresentOrElse(
            account -> world.changeAdAccount(account.id(), it -> it.withPixelAvailable(available)),
            () -> {
              throw new NotFoundException();
            });
  }

  private void happenToAsset(String id, String asset, String deed) {
    switch (deed) {
      case "lose" -> lose(id, asset, Loss.UNKNOWN_OBJECT);
      case "regain" -> world.changePerson(id, person -> person.regaining(owned(person, asset)));
      default -> throw new NotFoundException();
    }
  }

  /// Something that happens to an app.
  void happenToTheApp(String appId, String deed) {
    switch (deed) {
      case "block" -> set(appId, AppStanding.BLOCKED);
      case "delete" -> set(appId, AppStanding.DELETED);
      case "restore" -> set(appId, AppStanding.WELL);
      case "hold-callbacks" -> hold(appId, true);
      case "release-callbacks" -> {
        hold(appId, false);
        courier.release(appId);
      }
      default -> throw new NotFoundException();
    }
  }

  private void set(String appId, AppStanding standing) {
    world.changeApp(appId, app -> app.with(standing));
  }

  private void hold(String appId, boolean held) {
    world.changeApp(appId, app -> app.with(app.callbacks().held(held)));
  }

  private String app(String appId) {
    return appId == null
        ? world.managedApp().id()
        : world.app(appId).map(MetaApp::id).orElseThrow(NotFoundException::new);
  }

  private void lose(String personId, String assetId, Loss how) {
    world.changePerson(personId, person -> person.losing(owned(person, assetId), how));
  }

  private Person known(String personId) {
    return world.person(personId).orElseThrow(NotFoundException::new);
  }

  private static String owned(Person person, String assetId) {
    return Optional.of(assetId).filter(person::owns).orElseThrow(NotFoundException::new);
  }
}
