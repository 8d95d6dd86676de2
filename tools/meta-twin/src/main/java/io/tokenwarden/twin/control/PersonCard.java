package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.AccountStatus;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.DeathCause;
import io.tokenwarden.twin.world.Grant;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Pixel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A person on the control page: how they stand, what they have, their tokens, newest first, and
/// what can be made to happen, often or rarely.
public record PersonCard(
    Person person,
    Standing standing,
    List<Thing> adAccounts,
    List<Thing> permissions,
    List<Badge> tokens,
    List<Button> buttons,
    List<Button> rare) {

  /// Cannot be taken back without removing the app.
  private static final String EVERY_APP_HAS = "public_profile";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm").withZone(ZoneOffset.UTC);

  /// @param appId the app whose side of them is shown
  static PersonCard of(Person person, String appId, List<IssuedToken> everyToken, Instant now) {
    var tokens =
        everyToken.reversed().stream()
            .filter(token -> person.id().equals(token.personId()))
            .map(token -> Badge.of(token, now))
            .toList();
    return new PersonCard(
        person,
        Standing.of(person, appId, tokens),
        things(person),
        permissions(person, appId),
        tokens,
        buttons(person, appId),
        rare(person));
  }

  /// Whether the person has taken something back that the app asked for.
  public boolean hasDeclined() {
    return permissions.stream().anyMatch(permission -> !permission.well());
  }

  private static List<Button> buttons(Person person, String appId) {
    var buttons = new ArrayList<Button>();
    buttons.add(button(person, "change-password", "Change password"));
    if (person.grant(appId).isPresent()) {
      buttons.add(button(person, "remove-app", "Remove the app"));
    }
    buttons.add(button(person, "log-out", "Log out"));
    buttons.add(button(person, "expire-tokens", "Expire tokens"));
    if (person.troubles().checkpoint() == null) {
      buttons.add(button(person, "checkpoint", "Checkpoint"));
    } else {
      buttons.add(button(person, "pass-checkpoint", "Pass the checkpoint"));
    }
    return buttons;
  }

  private static List<Button> rare(Person person) {
    var buttons = new ArrayList<Button>();
    var troubles = person.troubles();
    if (troubles.checkpoint() == null) {
      buttons.add(button(person, "blocking-checkpoint", "Blocking checkpoint"));
      buttons.add(button(person, "unconfirm", "Unconfirm the account"));
    }
    if (troubles.block() == null) {
      buttons.add(button(person, "block", "Block writes"));
      buttons.add(button(person, "block-actions", "Block actions"));
    } else {
      buttons.add(button(person, "unblock", "Lift the block"));
    }
    buttons.add(
        troubles.disputed()
            ? button(person, "settle", "Settle the contradiction")
            : button(person, "dispute", "Contradict the inspection"));
    buttons.add(button(person, "end-data-access", "End data access"));
    buttons.add(button(person, "revoke-tokens", "Revoke tokens"));
    buttons.add(button(person, "go-unused", "Unused for 90 days"));
    buttons.add(button(person, "delete-data", "Ask for data deletion"));
    buttons.add(
        person.systemUser()
            ? button(person, "leave-business", "Leave the business")
            : button(person, "system-users", "Add a system user"));
    return buttons;
  }

  private static List<Thing> things(Person person) {
    var ofAccounts =
        person.adAccounts().stream()
            .flatMap(
                account -> Stream.of(adAccount(person, account), pixel(person, account.pixel())));
    var business = person.business();
    var others =
        Stream.of(
            losable(person, "businesses", business.id(), business.name()),
            losable(person, "pages", business.page().id(), business.page().name()),
            losable(person, "catalogs", business.catalog().id(), business.catalog().name()));
    return Stream.concat(ofAccounts, others).toList();
  }

  private static Thing losable(Person person, String kind, String id, String name) {
    var lost = !person.reaches(id);
    return new Thing(
        name,
        id,
        lost ? "lost, 100/33" : "",
        !lost,
        List.of(
            lost
                ? button(person, kind + "/" + id + "/regain", "Give back")
                : button(person, kind + "/" + id + "/lose", "Take away")));
  }

  private static Thing adAccount(Person person, AdAccount account) {
    var details =
        "act_%s · %s · %s".formatted(account.id(), account.timezone(), account.currency());
    var loss = person.lost().get(account.id());
    if (loss != null) {
      return new Thing(
          account.name(),
          details,
          switch (loss) {
            case UNKNOWN_OBJECT -> "lost, 100/33";
            case NOT_GRANTED -> "lost, 200";
          },
          false,
          List.of(button(person, "ad-accounts/" + account.id() + "/regain", "Give back")));
    }
    var disabled = account.status() != AccountStatus.ACTIVE;
    return new Thing(
        account.name(),
        details,
        disabled ? Badge.words(account.status().name()) : "",
        !disabled,
        List.of(
            disabled
                ? button(person, "ad-accounts/" + account.id() + "/enable", "Enable")
                : button(person, "ad-accounts/" + account.id() + "/disable", "Disable"),
            button(person, "ad-accounts/" + account.id() + "/lose", "Take away")));
  }

  private static Thing pixel(Person person, Pixel pixel) {
    return losable(person, "pixels", pixel.id(), pixel.name());
  }

  private static List<Thing> permissions(Person person, String appId) {
    var grant = person.grant(appId).orElse(Grant.none());
    var all = new TreeSet<>(grant.granted());
    all.addAll(grant.declined());
    all.remove(EVERY_APP_HAS);
    return all.stream().map(name -> permission(person, grant, name)).toList();
  }

  private static Thing permission(Person person, Grant grant, String name) {
    var granted = grant.granted().contains(name);
    return new Thing(
        name,
        "",
        granted ? "" : "declined",
        granted,
        List.of(
            granted
                ? button(person, "permissions/" + name + "/withdraw", "Withdraw")
                : button(person, "permissions/" + name + "/grant", "Give back")));
  }

  private static Button button(Person person, String deed, String label) {
    return new Button("/control/people/%s/%s".formatted(person.id(), deed), label);
  }

  /// How the person stands with the app, in a few words.
  public record Standing(String words, String look) {

    static Standing of(Person person, String appId, List<Badge> tokens) {
      if (person.grant(appId).isEmpty()) {
        return new Standing("app not installed", "off");
      }
      if (person.troubles().checkpoint() != null) {
        return new Standing("checkpoint, 190/" + person.troubles().checkpoint().subcode(), "bad");
      }
      var block = person.troubles().block();
      if (block != null) {
        return new Standing("may not write, " + block.kind().code(), "bad");
      }
      if (person.troubles().disputed()) {
        return new Standing("contradicted, 190/467", "bad");
      }
      return tokens.stream().anyMatch(Badge::alive)
          ? new Standing("logged in", "good")
          : new Standing("no living token", "bad");
    }
  }

  /// Something a person has or has lost.
  ///
  /// @param state empty while nothing is the matter
  public record Thing(
      String name, String details, String state, boolean well, List<Button> buttons) {}

  /// A token in a few words.
  public record Badge(String label, String kind, boolean alive, String state) {

    static Badge of(IssuedToken token, Instant now) {
      var death = token.deathAt(now);
      var state =
          death
              .map(cause -> words(cause.name()) + ", 190" + subcode(cause))
              .orElseGet(() ->
                  token.expiresAt() == null
                      ? "never expires"
                      : "until " + DAY.format(token.expiresAt()) + " UTC");
      return new Badge(token.label(), token.kind().label(), death.isEmpty(), state);
    }

    private static String subcode(DeathCause cause) {
      return cause.subcode() == null ? "" : "/" + cause.subcode();
    }

    private static String words(String name) {
      return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
