package io.tokenwarden.auth.preflight;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/// What to look at before a reconnect, or before work begins.
@Path("/auth/connections")
class PreflightResource {
  private final Connections connections;
  private final Preflight preflight;
  private final Caller caller;
  private final Clock clock;

  @Inject
  PreflightResource(Connections connections, Preflight preflight, Caller caller, Clock clock) {
    this.connections = connections;
    this.preflight = preflight;
    this.caller = caller;
    this.clock = clock;
  }

  /// @param result the worst of the checks
  record Report(ConnectionId connectionId, Instant checkedAt, Result result, List<Check> checks) {}

  @GET
  @Path("/{id}/preflight")
  @NoCache
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SECURITY_ADMIN})
  public Uni<Report> look(@RestPath String id) {
    var connection = ConnectionIds.parse(id);
    return Panache.withSession(() ->
            connections
                .find(connection)
                .map(found -> ConnectionIds.visible(found, caller))
                .chain(preflight::known))
        .chain(preflight::look)
        .map(checks -> new Report(connection, clock.instant(), worst(checks), checks));
  }

  private static Result worst(List<Check> checks) {
    return checks.stream().map(Check::result).min(Comparator.naturalOrder()).orElseThrow();
  }
}
