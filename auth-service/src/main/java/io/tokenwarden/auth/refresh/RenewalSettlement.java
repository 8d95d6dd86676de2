package io.tokenwarden.auth.refresh;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.ConnectedToken;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Grants;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.connection.ScopeChange;
import io.tokenwarden.auth.connection.TokenPolicy;
import io.tokenwarden.auth.ending.Revocations;
import io.tokenwarden.auth.judge.Doubts;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.scope.MissingScopes;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.contracts.ConnectionEvent.TokenRefreshFailed;
import io.tokenwarden.contracts.ConnectionEvent.TokenRefreshed;
import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import io.tokenwarden.graph.Suspicion;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Writes down what came of replacing a token. What an attempt brings counts only while it is the
/// latest one and the connection still has the token it set out to replace.
@ApplicationScoped
class RenewalSettlement {
  static final String ACTOR = "auth-service";
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Connections connections;
  private final Vault vault;
  private final Revocations revocations;
  private final Announcements announcements;
  private final Outbox outbox;
  private final Doubts doubts;
  private final AuditLog audit;
  private final TokenPolicy policy;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  RenewalSettlement(
      Connections connections,
      Vault vault,
      Revocations revocations,
      Announcements announcements,
      Outbox outbox,
      Doubts doubts,
      AuditLog audit,
      TokenPolicy policy,
      MeterRegistry metrics,
      Clock clock) {
    this.connections = connections;
    this.vault = vault;
    this.revocations = revocations;
    this.announcements = announcements;
    this.outbox = outbox;
    this.doubts = doubts;
    this.audit = audit;
    this.policy = policy;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Keeps a new token beside the one in use.
  ///
  /// @return whether it may still take its place
  @WithTransaction
  Uni<Boolean> stage(Work work, AccessToken token) {
    return held(
        work,
        (_, renewal) -> {
          renewal.stagedNow();
          return vault.stage(work.next(), token).replaceWith(true);
        },
        _ -> Uni.createFrom().item(false));
  }

  /// Takes the new token into use.
  @WithTransaction
  Uni<Answer> promote(
      Work work, AccessToken token, Inspection inspection, String smoke, String by) {
    return held(
        work,
        (connection, renewal) -> promote(connection, renewal, work, token, inspection, smoke, by),
        this::overtaken);
  }

  private Uni<Answer> promote(
      Connection connection,
      Renewal renewal,
      Work work,
      AccessToken token,
      Inspection inspection,
      String smoke,
      String by) {
    var now = clock.instant();
    var previousEnd = connection.expiresAt().orElse(null);
    var scopesBefore = connection.scopes();
    var missedBefore = connection.missingScopes();
    connection.refreshed(connected(connection, token, inspection), policy, now);
    var change = change(scopesBefore, missedBefore, connection);
    return taken(connection, work)
        .chain(renewal::delete)
        .chain(() -> outbox.add(new TokenRefreshed(connection.state(now), previousEnd)))
        .chain(() -> announcements.health(connection, Origin.of(verb(work.kind())), now))
        .chain(() -> announcements.scopes(connection, change, now))
        .chain(() -> record(connection, "token." + verb(work.kind()), smoke, by))
        .replaceWith(() -> counted(Answer.of(success(work.kind()), connection)));
  }

  /// An exchanged token lives on at Meta until it ends by itself. One that never ends is revoked
  /// there, now that the new one has worked, and kept for that.
  private Uni<Void> taken(Connection connection, Work work) {
    return switch (work.kind()) {
      case REFRESH -> vault.promote(connection.tokenAddress());
      case ROTATION -> revocations.orderFor(connection, work.generation());
    };
  }

  private static ConnectedToken connected(
      Connection connection, AccessToken token, Inspection inspection) {
    return new ConnectedToken(
        token,
        connection.appId(),
        connection.metaUserId(),
        connection.label(),
        connection.tokenType(),
        inspection.scopes(),
        inspection.expiresAt(),
        inspection.dataAccessExpiresAt(),
        new Grants(inspection.granularScopes()),
        null);
  }

  private static ScopeChange change(
      List<String> before, MissingScopes missedBefore, Connection connection) {
    var missing = connection.missingScopes();
    return new ScopeChange(
        without(missing.scopes(), missedBefore.scopes()),
        without(connection.scopes(), before),
        missing);
  }

  private static List<String> without(List<String> scopes, List<String> others) {
    return scopes.stream().filter(scope -> !others.contains(scope)).toList();
  }

  /// The attempt came to nothing; the token in use stays.
  ///
  /// @param error what Meta said; null if it did not complain
  /// @param keepsStaged whether the new token may still turn out to be good
  @WithTransaction
  Uni<Answer> failed(
      Work work,
      Outcome outcome,
      RefreshFailure why,
      GraphError error,
      boolean keepsStaged,
      String by) {
    return held(
        work,
        (connection, renewal) ->
            failed(connection, renewal, work, outcome, why, error, keepsStaged, by),
        this::overtaken);
  }

  private Uni<Answer> failed(
      Connection connection,
      Renewal renewal,
      Work work,
      Outcome outcome,
      RefreshFailure why,
      GraphError error,
      boolean keepsStaged,
      String by) {
    var now = clock.instant();
    var pause = renewal.failed(keepsStaged, now);
    return (keepsStaged ? NOTHING : vault.forget(work.next()))
        .chain(() -> tellFailure(connection, why, now))
        .chain(() -> follow(connection, why, error, now))
        .chain(() -> record(connection, "token.refresh-failed", why + detail(error), by))
        .replaceWith(() ->
            counted(
                Answer.of(outcome, connection).retryAfter(pause).remedy(remedy(connection, why))));
  }

  /// What changes the outlook of the next attempt may need a person now.
  private Uni<Void> tellFailure(Connection connection, RefreshFailure why, Instant now) {
    var attempt = connection.refreshFailed(why, now);
    var reading = connection.readClocks(now);
    var actBy = connection.expiresAt().orElse(null);
    return announcements
        .health(connection, Origin.of("refresh failed: " + why), now)
        .chain(() ->
            outbox.add(
                new TokenRefreshFailed(
                    connection.state(now), why, remedy(connection, why), attempt, actBy)))
        .chain(() -> announcements.expiring(connection, reading.told(), now))
        .chain(() ->
            reading.over()
                ? doubts.token(connection, Grounds.of("a clock that ran out", now))
                : NOTHING);
  }

  private static Remedy remedy(Connection connection, RefreshFailure why) {
    var mayHeal =
        switch (why) {
          case UNAVAILABLE, APP ->
              connection.refreshMaySucceed() || connection.expiresAt().isEmpty();
          case NOT_EXTENDED, REFUSED, REJECTED, ALREADY_EXPIRED -> false;
        };
    return mayHeal ? null : Remedy.RECONNECT;
  }

  /// What Meta said in passing is asked about properly.
  private Uni<Void> follow(
      Connection connection, RefreshFailure why, GraphError error, Instant now) {
    var grounds = Grounds.of("a refresh", now, error);
    if (why == RefreshFailure.APP) {
      return doubts.app(connection.appId(), grounds);
    }
    return error != null && error.meaning().suspicion() == Suspicion.TOKEN
        ? doubts.token(connection, grounds)
        : NOTHING;
  }

  private static String detail(GraphError error) {
    return error == null
        ? ""
        : ", %s/%s, trace %s".formatted(error.code(), error.subcode(), error.fbtraceId());
  }

  /// There was nothing to attempt. That a token is dead and was not known to be is said once.
  ///
  /// Within a transaction that holds the lock of the connection's row.
  Uni<Answer> nothingToReplace(Connection connection, Answer answer, String by) {
    var news =
        answer.outcome() == Outcome.ALREADY_EXPIRED
            && connection.isUsable()
            && !connection.lastRefreshFailedFor(RefreshFailure.ALREADY_EXPIRED);
    return (news
            ? tellFailure(connection, RefreshFailure.ALREADY_EXPIRED, clock.instant())
                .chain(() ->
                    record(
                        connection,
                        "token.refresh-failed",
                        RefreshFailure.ALREADY_EXPIRED.name(),
                        by))
            : NOTHING)
        .replaceWith(() -> counted(answer));
  }

  private Uni<Answer> overtaken(Connection connection) {
    return Uni.createFrom().item(() -> counted(Answer.of(Outcome.OVERTAKEN, connection)));
  }

  private <T> Uni<T> held(
      Work work, BiFunction<Connection, Renewal, Uni<T>> still, Function<Connection, Uni<T>> not) {
    return connections
        .lock(work.connection())
        .chain(connection ->
            Renewal.<Renewal>findById(work.connection().value())
                .chain(renewal ->
                    renewal != null
                            && renewal.isHeldAt(work.attempt())
                            && renewal.isAbout(connection)
                        ? still.apply(connection, renewal)
                        : not.apply(connection)));
  }

  private Answer counted(Answer answer) {
    metrics.counter("tokenwarden.refreshes", "outcome", answer.outcome().name()).increment();
    return answer;
  }

  private Uni<Void> record(Connection connection, String action, String detail, String by) {
    return audit.add(
        by,
        action,
        connection.workspace(),
        connection.connectionId(),
        "generation %d: %s".formatted(connection.generation(), detail));
  }

  private static String verb(Kind kind) {
    return switch (kind) {
      case REFRESH -> "refreshed";
      case ROTATION -> "rotated";
    };
  }

  private static Outcome success(Kind kind) {
    return switch (kind) {
      case REFRESH -> Outcome.REFRESHED;
      case ROTATION -> Outcome.ROTATED;
    };
  }
}
