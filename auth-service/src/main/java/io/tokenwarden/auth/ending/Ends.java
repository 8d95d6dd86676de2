package io.tokenwarden.auth.ending;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.handle.Handles;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Ends connections. Every method works within a transaction that holds the lock of the
/// connection's row, and changes nothing the second time.
@ApplicationScoped
public class Ends {
  private static final String ASKED = "an operator asked for it";
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Revocations revocations;
  private final RevocationSettlement settlement;
  private final Vault vault;
  private final Handles handles;
  private final MetaApps apps;
  private final Announcements announcements;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;

  @Inject
  Ends(
      Revocations revocations,
      RevocationSettlement settlement,
      Vault vault,
      Handles handles,
      MetaApps apps,
      Announcements announcements,
      Outbox outbox,
      AuditLog audit,
      Clock clock) {
    this.revocations = revocations;
    this.settlement = settlement;
    this.vault = vault;
    this.handles = handles;
    this.apps = apps;
    this.announcements = announcements;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /// An operator ends the connection. Under an app of the workspace's own the token is revoked at
  /// Meta, too, some moments later.
  public Uni<Void> disconnect(Connection connection, String by) {
    return connection.lifecycle() == Lifecycle.CONNECTED
        ? fate(connection).chain(fate -> end(connection, Lifecycle.DISCONNECTED, fate, by, ASKED))
        : NOTHING;
  }

  /// An operator puts the connection away, and ends it if it is in use.
  public Uni<Void> archive(Connection connection, String by) {
    return switch (connection.lifecycle()) {
      case CONNECTED ->
          fate(connection).chain(fate -> end(connection, Lifecycle.ARCHIVED, fate, by, ASKED));
      case DISCONNECTED -> putAway(connection, by, ASKED);
      case ARCHIVED -> NOTHING;
    };
  }

  /// The person removed the app at Meta, which has ended the token there already.
  public Uni<Void> deauthorized(Connection connection, String by) {
    return connection.lifecycle() == Lifecycle.CONNECTED
        ? end(
            connection,
            Lifecycle.DISCONNECTED,
            Fate.REVOKED,
            by,
            "the person removed the app at Meta")
        : revokedAlready(connection);
  }

  /// The person asked Meta to have their data deleted, which comes after they removed the app. The
  /// connection is put away; whoever calls this has made it forget the person, of which everybody
  /// is told.
  public Uni<Void> dataDeleted(Connection connection, String by) {
    var why = "the person asked Meta to have their data deleted";
    return switch (connection.lifecycle()) {
      case CONNECTED -> end(connection, Lifecycle.ARCHIVED, Fate.REVOKED, by, why);
      case DISCONNECTED, ARCHIVED ->
          revokedAlready(connection).chain(() -> putAway(connection, by, why));
    };
  }

  /// The workspace was shredded, and with it whatever Meta could be asked with: the token may live
  /// on there, though nobody here has it any more.
  Uni<Void> shredded(Connection connection, String by) {
    return connection.lifecycle() == Lifecycle.CONNECTED
        ? end(connection, Lifecycle.DISCONNECTED, unasked(connection), by, "workspace shredded")
        : NOTHING;
  }

  private static Fate unasked(Connection connection) {
    return hasEnded(connection) ? Fate.REVOKED : Fate.NOT_REVOKED;
  }

  private static boolean hasEnded(Connection connection) {
    return connection.health().tokenStatus() == TokenStatus.EXPIRED;
  }

  /// What is to become of the token at Meta.
  private Uni<Fate> fate(Connection connection) {
    return apps.find(connection.appId()).map(app -> fate(connection, app));
  }

  private static Fate fate(Connection connection, Optional<MetaApp> app) {
    if (hasEnded(connection)) {
      return Fate.REVOKED;
    }
    return app.filter(known -> connection.workspace().equals(known.owner())).isPresent()
        ? Fate.REVOKING
        : Fate.LEFT_TO_THE_PERSON;
  }

  private Uni<Void> end(Connection connection, Lifecycle as, Fate fate, String by, String why) {
    var now = clock.instant();
    return revocations
        .begin(connection, fate, now)
        .chain(() -> shred(connection, fate))
        .invoke(() -> connection.ended(as))
        .chain(() -> announcements.health(connection, Origin.of(verb(as)), now))
        .chain(() -> fate == Fate.REVOKING ? NOTHING : announce(connection, fate, now))
        .chain(() -> handles.revokeAllOf(connection, by))
        .chain(() -> record(connection, as, fate, by, why));
  }

  /// A token that Meta is to revoke is kept for that alone: at its address no lease is made any
  /// more. One that was staged is gone in any case.
  private Uni<Void> shred(Connection connection, Fate fate) {
    return fate == Fate.REVOKING
        ? vault.forgetAllBut(connection.tokenAddress())
        : vault.forget(connection.connectionId());
  }

  private Uni<Void> putAway(Connection connection, String by, String why) {
    var now = clock.instant();
    connection.ended(Lifecycle.ARCHIVED);
    return announcements
        .health(connection, Origin.of(verb(Lifecycle.ARCHIVED)), now)
        .chain(() -> fateOf(connection))
        .call(fate -> fate == Fate.REVOKING ? NOTHING : announce(connection, fate, now))
        .chain(fate -> record(connection, Lifecycle.ARCHIVED, fate, by, why));
  }

  /// How the token of a connection that is over ended, as far as is known.
  Uni<Fate> fateOf(Connection connection) {
    return revocations
        .lastOf(connection.connectionId())
        .map(last -> last.map(Revocation::fate).orElse(Fate.NOT_REVOKED));
  }

  private Uni<Void> revokedAlready(Connection connection) {
    return revocations
        .lastOf(connection.connectionId())
        .chain(last ->
            last.filter(revocation -> revocation.fate() == Fate.REVOKING)
                .map(open -> settlement.over(connection, open, Fate.REVOKED, clock.instant()))
                .orElse(NOTHING));
  }

  private Uni<Void> announce(Connection connection, Fate fate, Instant now) {
    return outbox.add(RevocationSettlement.disconnected(connection, fate, now));
  }

  private Uni<Void> record(Connection connection, Lifecycle as, Fate fate, String by, String why) {
    return audit.add(
        by,
        "connection." + verb(as),
        connection.workspace(),
        connection.connectionId(),
        "%s, generation %d, the token at Meta: %s".formatted(why, connection.generation(), fate));
  }

  private static String verb(Lifecycle as) {
    return switch (as) {
      case DISCONNECTED -> "disconnected";
      case ARCHIVED -> "archived";
      case CONNECTED -> throw new IllegalArgumentException("Not an end");
    };
  }
}
