package io.tokenwarden.auth.handoff;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionView;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/// Takes a token that was come by elsewhere: a system user's, shown once in the Business Manager,
/// or one of the Graph API Explorer. It passes the same checks as one that a person's consent
/// brought, and is never shown again.
@Cancellable(false)
@Path("/auth/connections")
class PastedTokenResource {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4000}");
  private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}]{0,200}");

  private final TokenIntake intake;
  private final Connections connections;
  private final MetaApps apps;
  private final Rejections rejections;
  private final Caller caller;

  @Inject
  PastedTokenResource(
      TokenIntake intake,
      Connections connections,
      MetaApps apps,
      Rejections rejections,
      Caller caller) {
    this.intake = intake;
    this.connections = connections;
    this.apps = apps;
    this.rejections = rejections;
    this.caller = caller;
  }

  /// @param appId the app the token was issued to; null means the managed app
  /// @param label what people call it; null means its name at Meta
  /// @param profile what it is for, see `GET /auth/scopes`; null means `reporting`, and leaves that
  ///   of a known connection as it is
  record Pasted(
      String workspaceId, String appId, String accessToken, String label, String profile) {
    @Override
    public String toString() {
      return "Pasted[workspaceId=" + workspaceId + ", appId=" + appId + ", ****]";
    }
  }

  /// Answers 201 with a new connection, or 200 with the next generation of the one this identity
  /// has; 400 with the reason if the token is not taken.
  @POST
  @RolesAllowed(Roles.OPERATOR)
  public Uni<RestResponse<ConnectionView>> paste(Pasted pasted) {
    if (pasted == null) {
      throw Problems.badRequest("Say which token: {\"workspaceId\": …, \"accessToken\": …, …}");
    }
    var workspace = caller.mustSee(pasted.workspaceId());
    var profile = ScopeProfile.asked(pasted.profile()).orElse(null);
    var token = token(pasted);
    var label = label(pasted);
    var by = caller.subject();
    return app(workspace, pasted.appId())
        .chain(app -> intake.vet(app, token).chain(vetted -> intake.lasting(app, vetted)))
        .chain(lasting ->
            Panache.withTransaction(
                () -> connections.connect(workspace, by, lasting.labelled(label, profile))))
        .map(PastedTokenResource::answer)
        .onFailure(RefusedTokenException.class)
        .call(refused ->
            rejections.ofToken(by, workspace, null, ((RefusedTokenException) refused).refusal()))
        .onFailure(RefusedTokenException.class)
        .transform(refused -> problem(((RefusedTokenException) refused).refusal()));
  }

  private static AccessToken token(Pasted pasted) {
    if (pasted.accessToken() == null || !TOKEN.matcher(pasted.accessToken()).matches()) {
      throw Problems.badRequest("accessToken is an access token of Meta's");
    }
    return AccessToken.of(pasted.accessToken());
  }

  private static String label(Pasted pasted) {
    if (pasted.label() == null) {
      return "";
    }
    if (!LABEL.matcher(pasted.label()).matches()) {
      throw Problems.badRequest("label is up to 200 characters on one line");
    }
    return pasted.label();
  }

  private Uni<MetaApp> app(WorkspaceId workspace, String appId) {
    var found = appId == null ? Uni.createFrom().item(apps.managed()) : apps.find(workspace, appId);
    return found.map(app -> app.orElseThrow(() -> Problems.notFound("There is no such Meta app")));
  }

  private static RestResponse<ConnectionView> answer(Connection connection) {
    var status = connection.generation() == 1 ? Status.CREATED : Status.OK;
    return RestResponse.status(status, ConnectionView.of(connection));
  }

  private static HttpProblem problem(Refusal refusal) {
    return switch (refusal) {
      case META_UNAVAILABLE -> Problems.unavailable(refusal.name(), refusal.words(), SOON);
      case TOKEN_INVALID,
          TOKEN_OF_ANOTHER_APP,
          TOKEN_OF_ANOTHER_USER,
          TOKEN_TYPE_UNSUPPORTED,
          TOKEN_SHORT_LIVED,
          META_REFUSED ->
          Problems.of(Status.BAD_REQUEST, refusal.name(), refusal.words());
    };
  }
}
