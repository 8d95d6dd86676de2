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
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.credential.LeaseAnswer;
import io.tokenwarden.gateway.credential.LeaseAnswer.AppUnknown;
import io.tokenwarden.gateway.credential.LeaseAnswer.Granted;
import io.tokenwarden.gateway.credential.LeaseAnswer.Unavailable;
import io.tokenwarden.gateway.credential.LeaseAnswer.Unknown;
import io.tokenwarden.gateway.credential.LeaseAnswer.Withheld;
import io.tokenwarden.gateway.credential.Leases;
import io.tokenwarden.gateway.store.Feed;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/// Decides whether a call for a connection goes out, and with which credential.
@ApplicationScoped
class Admissions {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration SHORTLY = Duration.ofSeconds(5);

  private final Feed feed;
  private final Connections connections;
  private final Gatekeeper gatekeeper;
  private final Leases leases;

  @Inject
  Admissions(Feed feed, Connections connections, Gatekeeper gatekeeper, Leases leases) {
    this.feed = feed;
    this.connections = connections;
    this.gatekeeper = gatekeeper;
    this.leases = leases;
  }

  Future<Admission> admit(ConnectionId id) {
    if (!feed.loaded()) {
      return Future.succeededFuture(
          new Refused(Refusal.transientFault("The gateway is starting", SOON), null));
    }
    return connections
        .find(id)
        .map(this::admitKnown)
        .orElseGet(() -> leases.lease(id, 0).compose(this::admitUnknown));
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
