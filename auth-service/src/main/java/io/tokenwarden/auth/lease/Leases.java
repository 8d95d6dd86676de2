package io.tokenwarden.auth.lease;

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

  /// Within a transaction.
  Uni<Lease> lend(Connection connection, String borrower) {
    if (!connection.isUsable()) {
      throw Problems.withRemedy(
          Status.CONFLICT,
          "CONNECTION_BLOCKED",
          "The connection's token cannot be used",
          Remedy.RECONNECT);
    }
    return audit
        .add(
            borrower,
            "credential.leased",
            connection.workspace(),
            connection.connectionId(),
            "generation " + connection.generation())
        .chain(() -> app(connection))
        .chain(app ->
            vault
                .open(connection.tokenAddress())
                .map(token -> lease(connection, app, token.orElseThrow())));
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
        end(connection));
  }

  private Instant end(Connection connection) {
    var longest = clock.instant().plus(LONGEST);
    return connection.expiresAt().filter(longest::isAfter).orElse(longest);
  }
}
