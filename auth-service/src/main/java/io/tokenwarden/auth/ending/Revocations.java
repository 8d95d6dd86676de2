package io.tokenwarden.auth.ending;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.ending.DueRevocation.Asked;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.TokenAddress;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.outbox.DueRows;
import io.tokenwarden.outbox.Leased;
import io.tokenwarden.outbox.Leasing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The tokens that end. Claiming one leases it for longer than asking Meta can take.
@ApplicationScoped
public class Revocations implements PanacheRepositoryBase<Revocation, UUID> {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final DueRows<Revocation> DUE =
      DueRows.of(Revocation.class, "select * from revocation", "outcome is null", LEASE);

  private static final Uni<Optional<Asked>> NOTHING_TO_ASK =
      Uni.createFrom().item(Optional.empty());

  private final Leasing leasing;
  private final Connections connections;
  private final Vault vault;
  private final MetaApps apps;
  private final Clock clock;

  @Inject
  Revocations(Leasing leasing, Connections connections, Vault vault, MetaApps apps, Clock clock) {
    this.leasing = leasing;
    this.connections = connections;
    this.vault = vault;
    this.apps = apps;
    this.clock = clock;
  }

  /// Has the token of an earlier generation revoked, which another has taken the place of. It is to
  /// lie in the vault until then. Within the transaction that promoted the other.
  public Uni<Void> orderFor(Connection connection, long generation) {
    return persist(Revocation.ofReplaced(connection, generation, clock.instant()))
        .replaceWithVoid();
  }

  /// Writes down how the current token of a connection ends, which is about to.
  Uni<Void> begin(Connection connection, Fate fate, Instant now) {
    return persist(Revocation.ofConnection(connection, fate, now)).replaceWithVoid();
  }

  /// How the connection's last token ended; empty if it never did.
  Uni<Optional<Revocation>> lastOf(ConnectionId connection) {
    return find(
            "connectionId = ?1 and endsConnection = true order by orderedAt desc, id desc",
            connection.value())
        .firstResult()
        .map(Optional::ofNullable);
  }

  /// The one that has waited longest; empty if none is due.
  @WithTransaction
  Uni<Optional<DueRevocation>> claim() {
    return leasing.next(DUE).map(found -> found.map(Revocations::claimed));
  }

  private static DueRevocation claimed(Leased<Revocation> leased) {
    leased.row().claim(leased.by(), leased.until());
    return DueRevocation.of(leased.row());
  }

  /// What Meta is to be asked with. The claim is committed before anything is opened, so that what
  /// cannot be opened holds up no other.
  ///
  /// @return empty if there is nothing to ask Meta: the token or the app is gone, or the connection
  ///   is in use again
  /// @throws io.tokenwarden.auth.vault.VaultException as the failure of the answer, if the token or
  ///   the app's secret cannot be opened
  @WithSession
  Uni<Optional<Asked>> equip(DueRevocation due) {
    return findById(due.id())
        .chain(revocation ->
            connections
                .find(revocation.connectionId())
                .chain(connection -> equip(revocation, connection)));
  }

  private Uni<Optional<Asked>> equip(Revocation revocation, Connection connection) {
    var reconnected = revocation.endsConnection() && connection.lifecycle() == Lifecycle.CONNECTED;
    return reconnected
        ? NOTHING_TO_ASK
        : apps.find(connection.appId())
            .chain(app ->
                app.map(known -> equip(revocation, connection, known)).orElse(NOTHING_TO_ASK));
  }

  private Uni<Optional<Asked>> equip(Revocation revocation, Connection connection, MetaApp app) {
    return vault
        .open(address(revocation, connection))
        .map(kept -> kept.map(token -> Asked.of(app, token, connection.tokenType())));
  }

  static TokenAddress address(Revocation revocation, Connection connection) {
    return new TokenAddress(
        connection.workspace(), connection.connectionId(), revocation.generation());
  }
}
