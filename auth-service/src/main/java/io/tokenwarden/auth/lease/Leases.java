package io.tokenwarden.auth.lease;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecretProof;
import io.tokenwarden.service.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Makes leases. The audit entry is committed before the lease is given (P14).
@ApplicationScoped
class Leases {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Vault vault;
  private final MetaApps apps;
  private final AuditLog audit;
  private final Clock clock;

  @Inject
  Leases(Vault vault, MetaApps apps, AuditLog audit, Clock clock) {
    this.vault = vault;
    this.apps = apps;
    this.audit = audit;
    this.clock = clock;
  }

  /// Lends the token of the current generation; one that is staged is never lent. Within a
  /// transaction, with the connection's row locked.
  Uni<Lease> lend(Connection connection, String borrower) {
    if (!connection.isUsable()) {
      throw blocked();
    }
    return app(connection)
        .chain(app -> open(connection).map(token -> lease(connection, app, token)))
        .call(_ -> record(connection, borrower));
  }

  private Uni<AccessToken> open(Connection connection) {
    return vault.open(connection.tokenAddress()).map(token -> token.orElseThrow(Leases::blocked));
  }

  /// Also where the token was shredded: only a person can bring another.
  private static HttpProblem blocked() {
    return Problems.withRemedy(
        Status.CONFLICT,
        "CONNECTION_BLOCKED",
        "The connection's token cannot be used",
        Remedy.RECONNECT);
  }

  /// In the transaction that has to be committed before anyone gets the lease.
  private Uni<Void> record(Connection connection, String borrower) {
    return audit.add(
        borrower,
        "credential.leased",
        connection.workspace(),
        connection.connectionId(),
        "generation " + connection.generation());
  }

  private Uni<MetaApp> app(Connection connection) {
    return apps.find(connection.appId())
        .map(found ->
            found.orElseThrow(() ->
                Problems.conflict(
                    "APP_UNKNOWN", "The connection's Meta app is not configured any more")));
  }

  private Lease lease(Connection connection, MetaApp app, AccessToken token) {
    return new Lease(
        connection.connectionId(),
        connection.workspace(),
        connection.appId(),
        connection.metaUserId(),
        connection.tokenType(),
        connection.generation(),
        connection.revision(),
        token.revealSecret(),
        AppSecretProof.of(app.secret(), token).revealSecret(),
        app.graphVersion(),
        end(connection));
  }

  private Instant end(Connection connection) {
    var longest = clock.instant().plus(LONGEST);
    return connection.expiresAt().filter(longest::isAfter).orElse(longest);
  }
}
