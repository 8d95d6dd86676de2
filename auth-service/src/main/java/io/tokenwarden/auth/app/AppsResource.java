package io.tokenwarden.auth.app;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.meta.MetaConfig;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Page;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/// The Meta apps a workspace may use: the managed one and its own. A secret goes in and never comes
/// out.
@Path("/auth/apps")
class AppsResource {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final OwnedApps owned;
  private final MetaApps apps;
  private final MetaGraph meta;
  private final MetaConfig config;
  private final AuditLog audit;
  private final Caller caller;

  @Inject
  AppsResource(
      OwnedApps owned,
      MetaApps apps,
      MetaGraph meta,
      MetaConfig config,
      AuditLog audit,
      Caller caller) {
    this.owned = owned;
    this.apps = apps;
    this.meta = meta;
    this.config = config;
    this.audit = audit;
    this.caller = caller;
  }

  /// @param graphVersion left out: the version the managed app uses
  /// @param webhookVerifyToken what Meta is to say when it asks whether the webhook address is ours
  /// @param loginConfigId of Login for Business; left out: classic login
  record Wanted(
      String workspaceId,
      String appId,
      String appSecret,
      String graphVersion,
      String webhookVerifyToken,
      String loginConfigId) {
    @Override
    public String toString() {
      return "Wanted[appId=" + appId + ", workspaceId=" + workspaceId + ", ****]";
    }
  }

  /// @param managed whether it is the operator's, for every workspace
  /// @param registeredBy null for the managed app
  record AppView(
      String appId,
      boolean managed,
      String graphVersion,
      String loginConfigId,
      String registeredBy,
      Instant registeredAt,
      Instant secretSetAt) {}

  @GET
  @WithSession
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SECURITY_ADMIN})
  public Uni<Page<AppView>> list(@RestQuery String workspace) {
    return owned
        .of(caller.mustSee(workspace))
        .map(rows ->
            Page.of(
                Stream.concat(
                        apps.managed().map(AppsResource::view).stream(),
                        rows.stream().map(this::view))
                    .toList()));
  }

  /// Registers an app of the workspace's own, or sets the secret and the settings of one anew. Meta
  /// is asked whether id and secret belong together before anything is stored.
  @POST
  @RolesAllowed(Roles.SECURITY_ADMIN)
  public Uni<RestResponse<AppView>> register(Wanted wanted) {
    if (wanted == null) {
      throw Problems.badRequest("Say which app: {\"workspaceId\": …, \"appId\": …, …}");
    }
    var registration = Registration.of(caller.mustSee(wanted.workspaceId()), wanted);
    if (apps.managed().filter(app -> app.appId().equals(registration.appId())).isPresent()) {
      throw Problems.conflict("APP_MANAGED", "This is the managed app: the operator configures it");
    }
    var app = asTold(registration);
    var by = caller.subject();
    return meta.inspect(app, app.appToken())
        .invoke(answer -> mustVouch(registration, answer))
        .chain(() -> Panache.withTransaction(() -> keep(registration, by)));
  }

  private MetaApp asTold(Registration registration) {
    return new MetaApp(
        registration.appId(),
        registration.workspace(),
        registration.secret(),
        registration
            .graphVersion()
            .filter(version -> !version.isEmpty())
            .orElse(config.graphVersion()),
        null,
        null);
  }

  private static void mustVouch(Registration registration, GraphAnswer<Inspection> answer) {
    switch (answer) {
      case Answered<Inspection>(var inspection) -> {
        if (!inspection.valid() || !inspection.appId().equals(registration.appId())) {
          throw notVerified();
        }
      }
      case Failed<Inspection>(var error) -> throw unverified(error);
    }
  }

  private static HttpProblem unverified(GraphError error) {
    return switch (error.meaning().category()) {
      case TRANSIENT, SERVER_ERROR, RATE_LIMITED ->
          Problems.unavailable(
              "META_UNAVAILABLE", "Meta cannot be asked now whether the secret is right", SOON);
      case TOKEN_EXPIRED,
          TOKEN_INVALIDATED,
          AUTH_ERROR,
          PERMISSION_MISSING,
          ASSET_UNAVAILABLE,
          BLOCKED,
          BAD_REQUEST ->
          notVerified();
    };
  }

  private static HttpProblem notVerified() {
    return Problems.of(
        Status.BAD_REQUEST, "APP_NOT_VERIFIED", "Meta does not accept this app id and secret");
  }

  /// Whoever knows the secret owns the app, and may learn that it is in use elsewhere.
  private Uni<RestResponse<AppView>> keep(Registration registration, String by) {
    return owned.claim(registration, by).chain(claim -> keep(claim, registration, by));
  }

  private Uni<RestResponse<AppView>> keep(
      OwnedApps.Claim claim, Registration registration, String by) {
    var row = claim.row();
    if (!row.workspace().equals(registration.workspace())) {
      throw Problems.conflict("APP_TAKEN", "The app belongs to another workspace already");
    }
    var action = claim.isNew() ? "app.registered" : "app.changed";
    return owned
        .keep(row, registration)
        .chain(() -> audit.add(by, action, registration.workspace(), null, "app " + row.appId()))
        .map(_ -> RestResponse.status(claim.isNew() ? Status.CREATED : Status.OK, view(row)));
  }

  private static AppView view(MetaApp managed) {
    return new AppView(
        managed.appId(), true, managed.graphVersion(), managed.loginConfig(), null, null, null);
  }

  private AppView view(OwnedApp row) {
    return new AppView(
        row.appId(),
        false,
        row.graphVersion().orElse(config.graphVersion()),
        row.loginConfig(),
        row.registeredBy(),
        row.registeredAt(),
        row.secretSetAt());
  }
}
