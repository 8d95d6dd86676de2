package io.tokenwarden.gateway.call;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.call.Admission.Admitted;
import io.tokenwarden.gateway.call.Admission.Refused;
import io.tokenwarden.gateway.connection.Connections;
import io.tokenwarden.gateway.connection.Gatekeeper;
import io.tokenwarden.gateway.connection.KnownConnection;
import io.tokenwarden.gateway.connection.Standing;
import io.tokenwarden.gateway.connection.Standing.AtCheckpoint;
import io.tokenwarden.gateway.connection.Standing.Dead;
import io.tokenwarden.gateway.connection.Standing.Free;
import io.tokenwarden.gateway.connection.Standing.OfBlockedApp;
import io.tokenwarden.gateway.connection.Standing.Quarantined;
import io.tokenwarden.gateway.connection.WriteGuard;
import io.tokenwarden.gateway.connection.WriteStanding;
import io.tokenwarden.gateway.connection.WriteStanding.BlockedByMeta;
import io.tokenwarden.gateway.connection.WriteStanding.Held;
import io.tokenwarden.gateway.connection.WriteStanding.NotGranted;
import io.tokenwarden.gateway.connection.WriteStanding.Untold;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.credential.LeaseAnswer;
import io.tokenwarden.gateway.credential.LeaseAnswer.AppUnknown;
import io.tokenwarden.gateway.credential.LeaseAnswer.Granted;
import io.tokenwarden.gateway.credential.LeaseAnswer.Unavailable;
import io.tokenwarden.gateway.credential.LeaseAnswer.Unknown;
import io.tokenwarden.gateway.credential.LeaseAnswer.Withheld;
import io.tokenwarden.gateway.credential.Leases;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.store.Feed;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides whether a call for a connection goes out, and with which credential.
@ApplicationScoped
class Admissions {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration SHORTLY = Duration.ofSeconds(5);

  private final Feed feed;
  private final Connections connections;
  private final Gatekeeper gatekeeper;
  private final WriteGuard writes;
  private final Leases leases;
  private final Clock clock;

  @Inject
  Admissions(
      Feed feed,
      Connections connections,
      Gatekeeper gatekeeper,
      WriteGuard writes,
      Leases leases,
      Clock clock) {
    this.feed = feed;
    this.connections = connections;
    this.gatekeeper = gatekeeper;
    this.writes = writes;
    this.leases = leases;
    this.clock = clock;
  }

  Future<Admission> admit(ConnectionId id, GraphRequest request) {
    return request.isRead() ? admitRead(id) : admitWrite(id, request);
  }

  // ---- writes

  /// Only with what is known of the connection: whatever was renewed meanwhile, a write waits for
  /// the word of it.
  private Future<Admission> admitWrite(ConnectionId id, GraphRequest request) {
    if (!feed.loaded()) {
      return Future.succeededFuture(ofWrite(starting()));
    }
    Optional<KnownConnection> known = connections.find(id);
    Optional<Refusal> forbidden = forbidsWriting(id, request);
    if (forbidden.isPresent()) {
      return Future.succeededFuture(
          new Refused(forbidden.get(), known.map(KnownConnection::generation).orElse(null)));
    }
    KnownConnection writing = known.orElseThrow();
    return leases.lease(id, writing.revision()).map(answer -> ofWrite(admission(answer, writing)));
  }

  private static Admission ofWrite(Admission admission) {
    return admission instanceof Refused(var refusal, var generation)
        ? new Refused(refusal.ofWrite(), generation)
        : admission;
  }

  /// Why the connection may not write at this moment; empty if it may, or if this is a read. What
  /// is found out while a call waits counts too, so it is asked again before a write goes out.
  Optional<Refusal> forbidsWriting(ConnectionId id, GraphRequest request) {
    if (request.isRead()) {
      return Optional.empty();
    }
    WriteStanding standing = writes.standing(id, request.onlyPauses());
    return standing instanceof WriteStanding.Free
        ? Optional.empty()
        : Optional.of(refusalOfWrite(standing));
  }

  private Refusal refusalOfWrite(WriteStanding standing) {
    Refusal refusal =
        switch (standing) {
          case Held(OfBlockedApp()) -> Refusal.writesOfBlockedApp();
          case Held(var cause) -> refusal(cause);
          case BlockedByMeta(var until) -> Refusal.blockedByMeta(left(until));
          case NotGranted() -> Refusal.mayNotWrite();
          case Untold() ->
              Refusal.transientFault("It was not said yet that this connection may write", SOON);
          case WriteStanding.Free() ->
              throw new IllegalArgumentException("Who may write is not refused");
        };
    return refusal.ofWrite();
  }

  private Duration left(Instant until) {
    Duration left = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
    return left.isPositive() ? left : null;
  }

  // ---- reads

  private Future<Admission> admitRead(ConnectionId id) {
    if (!feed.loaded()) {
      return Future.succeededFuture(starting());
    }
    return connections
        .find(id)
        .map(this::admitKnown)
        .orElseGet(() -> leases.lease(id, 0).compose(this::admitUnknown));
  }

  private static Refused starting() {
    return new Refused(Refusal.transientFault("The gateway is starting", SOON), null);
  }

  /// It may be connected before the word of it has come to us: then auth-service knows it already.
  private Future<Admission> admitUnknown(LeaseAnswer answer) {
    return answer instanceof Granted(var lease)
        ? admitLent(lease)
        : Future.succeededFuture(admission(answer, null));
  }

  /// With a generation that is newer than the word that has come to us.
  private Future<Admission> admitLent(CredentialLease lease) {
    return gatekeeper
        .standing(lease.token(), lease.revision())
        .map(standing ->
            standing instanceof Free
                ? new Admitted(lease, lease.revision())
                : new Refused(refusal(standing), lease.generation()));
  }

  private Future<Admission> admitKnown(KnownConnection known) {
    return gatekeeper
        .standing(known)
        .compose(standing ->
            switch (standing) {
              case Free() ->
                  leases.lease(known.id(), known.revision()).map(it -> admission(it, known));
              case Dead _, AtCheckpoint _, Quarantined _ -> unlessRenewed(known, standing);
              case OfBlockedApp _ ->
                  Future.succeededFuture(new Refused(refusal(standing), known.generation()));
            });
  }

  /// The generation that may not call may have been replaced before the word of it has come to us.
  private Future<Admission> unlessRenewed(KnownConnection known, Standing standing) {
    return leases
        .newerThan(known.id(), known.generation())
        .compose(newer ->
            newer
                .map(this::admitLent)
                .orElseGet(() ->
                    Future.succeededFuture(new Refused(refusal(standing), known.generation()))));
  }

  private static Admission admission(LeaseAnswer answer, KnownConnection known) {
    Long generation = known == null ? null : known.generation();
    return switch (answer) {
      case Granted(var lease) -> new Admitted(lease, revision(lease, known));
      case Unknown() -> new Refused(Refusal.unknownConnection(), null);
      case Withheld() -> new Refused(Refusal.dead(null), generation);
      case AppUnknown() -> new Refused(Refusal.unknownApp(), generation);
      case Unavailable() ->
          new Refused(Refusal.transientFault("No credential is to be had", SHORTLY), generation);
    };
  }

  private static long revision(CredentialLease lease, KnownConnection known) {
    return known != null && known.generation() == lease.generation()
        ? Math.max(lease.revision(), known.revision())
        : lease.revision();
  }

  private static Refusal refusal(Standing standing) {
    return switch (standing) {
      case Dead(var reason) -> Refusal.dead(reason);
      case AtCheckpoint() -> Refusal.checkpoint();
      case OfBlockedApp() -> Refusal.appBlocked();
      case Quarantined(var left) -> Refusal.quarantined(left);
      case Free() -> throw new IllegalArgumentException("A free connection is not refused");
    };
  }
}
