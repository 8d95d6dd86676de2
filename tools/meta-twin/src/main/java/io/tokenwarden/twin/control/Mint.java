package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.TokenKind;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;

/// Makes tokens by hand, as Meta's own tools for developers and business administrators do.
@Singleton
final class Mint {

  private final World world;
  private final Tokens tokens;

  @Inject
  Mint(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  /// @throws IllegalArgumentException if nobody could get such a token
  IssuedToken issue(Person person, TokenOrder order) {
    var kind =
        TokenKind.labelled(String.valueOf(order.kind()))
            .orElseThrow(() -> new IllegalArgumentException("unknown kind " + order.kind()));
    var app = app(order.app());
    var scopes = new HashSet<>(order.scopes());
    scopes.add("public_profile");
    return switch (kind) {
      case SHORT_LIVED, LONG_LIVED -> tokens.issueTo(aPerson(person), kind, app, scopes);
      case SYSTEM_USER ->
          tokens.issueToSystemUser(aSystemUser(person), app, order.scopes(), order.expires());
      case PAGE ->
          tokens.ofPage(
              tokens.issueTo(aPerson(person), TokenKind.LONG_LIVED, app, scopes),
              person.business().page().id());
      case APP -> throw new IllegalArgumentException("an app asks for its token itself");
    };
  }

  private String app(String id) {
    return id == null
        ? world.managedApp().id()
        : world
            .app(id)
            .map(MetaApp::id)
            .orElseThrow(() -> new IllegalArgumentException("there is no app " + id));
  }

  private static Person aPerson(Person person) {
    if (person.systemUser()) {
      throw new IllegalArgumentException("a system user has no login, but tokens of its own");
    }
    return person;
  }

  private static Person aSystemUser(Person person) {
    if (!person.systemUser()) {
      throw new IllegalArgumentException("only a system user has such a token");
    }
    return person;
  }
}
