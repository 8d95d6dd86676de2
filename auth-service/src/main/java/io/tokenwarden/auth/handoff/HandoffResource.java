package io.tokenwarden.auth.handoff;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.Optional;

/// Begins a handoff for a person: whoever opens the answered address in a browser connects.
@Path("/auth/handoffs")
@RolesAllowed(Roles.OPERATOR)
class HandoffResource {
  private final Handoffs handoffs;
  private final Rejections rejections;
  private final Connections connections;
  private final MetaApps apps;
  private final PublicAddress address;
  private final Caller caller;

  @Inject
  HandoffResource(
      Handoffs handoffs,
      Rejections rejections,
      Connections connections,
      MetaApps apps,
      PublicAddress address,
      Caller caller) {
    this.handoffs = handoffs;
    this.rejections = rejections;
    this.connections = connections;
    this.apps = apps;
    this.address = address;
    this.caller = caller;
  }

  /// @param appId null means the managed app; on reconnect the connection's own counts
  /// @param connectionId the connection to reconnect; null connects anew
  /// @param profile the scope profile, see `GET /auth/scopes`; null means the connection's own, and
  ///   `reporting` for a new one
  /// @param returnTo a path on our origin; null means the console
  record Wanted(
      String workspaceId, String appId, String connectionId, String profile, String returnTo) {}

  /// @param url good once
  record Begun(URI url) {}

  @POST
  public Uni<Begun> begin(Wanted wanted) {
    if (wanted == null) {
      throw Problems.badRequest("Say which workspace: {\"workspaceId\": …}");
    }
    var workspace = caller.mustSee(wanted.workspaceId());
    var profile = ScopeProfile.asked(wanted.profile());
    var by = caller.subject();
    return Uni.createFrom()
        .item(() -> returnTo(wanted))
        .chain(returnTo ->
            Panache.withTransaction(
                () -> errand(wanted, workspace, profile, returnTo, by).chain(handoffs::open)))
        .onFailure(DeclinedException.class)
        .call(declined -> rejections.of(by, workspace, ((DeclinedException) declined).why()))
        .onFailure(DeclinedException.class)
        .transform(declined -> ((DeclinedException) declined).problem())
        .map(ticket -> new Begun(address.start(ticket.secret().value())));
  }

  private static ReturnTo returnTo(Wanted wanted) {
    try {
      return ReturnTo.of(wanted.returnTo());
    } catch (HttpProblem leavesUs) {
      throw new DeclinedException(Rejection.RETURN_TO, leavesUs);
    }
  }

  private Uni<Errand> errand(
      Wanted wanted,
      WorkspaceId workspace,
      Optional<ScopeProfile> profile,
      ReturnTo returnTo,
      String by) {
    return wanted.connectionId() == null
        ? app(workspace, wanted.appId())
            .map(app ->
                Errand.toConnect(
                    workspace, app.appId(), profile.orElse(ScopeProfile.REPORTING), returnTo, by))
        : toBeReconnected(wanted.connectionId(), workspace)
            .call(connection -> app(workspace, connection.appId()))
            .map(connection ->
                Errand.toReconnect(connection, profile.orElse(connection.profile()), returnTo, by));
  }

  private Uni<MetaApp> app(WorkspaceId workspace, String appId) {
    var found = appId == null ? Uni.createFrom().item(apps.managed()) : apps.find(workspace, appId);
    return found.map(app ->
        app.orElseThrow(() ->
            new DeclinedException(
                Rejection.APP_UNKNOWN, Problems.notFound("There is no such Meta app"))));
  }

  private Uni<Connection> toBeReconnected(String id, WorkspaceId workspace) {
    return Uni.createFrom()
        .item(() -> ConnectionIds.parse(id))
        .chain(connections::find)
        .map(found -> found != null && found.workspace().equals(workspace) ? found : null)
        .map(ConnectionIds::existing)
        .onFailure(HttpProblem.class)
        .transform(
            unknown -> new DeclinedException(Rejection.CONNECTION_UNKNOWN, (HttpProblem) unknown));
  }

  /// What the caller is told, and what the audit log is.
  private static final class DeclinedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rejection why;
    private final transient HttpProblem problem;

    DeclinedException(Rejection why, HttpProblem problem) {
      super(why.name());
      this.why = why;
      this.problem = problem;
    }

    Rejection why() {
      return why;
    }

    HttpProblem problem() {
      return problem;
    }
  }
}
