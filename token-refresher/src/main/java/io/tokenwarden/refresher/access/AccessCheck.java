package io.tokenwarden.refresher.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.refresher.RefresherConfig;
import io.tokenwarden.refresher.due.Work;
import io.tokenwarden.refresher.due.WorkKind;
import io.tokenwarden.refresher.due.WorkOutcome;
import io.tokenwarden.refresher.due.WorkOutcome.Done;
import io.tokenwarden.refresher.due.WorkOutcome.Over;
import io.tokenwarden.refresher.due.WorkOutcome.Postponed;
import io.tokenwarden.refresher.gateway.GraphGateway;
import io.tokenwarden.refresher.gateway.Listing;
import io.tokenwarden.refresher.gateway.Listing.Broken;
import io.tokenwarden.refresher.gateway.Listing.Complete;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Lists the permissions and ad accounts of a connection and puts them to auth-service.
///
/// All that is put was read with one generation of the token, the one it is put for. Without the
/// permission to read ads there is no list of ad accounts; the permissions are put nevertheless, as
/// an incomplete snapshot.
@ApplicationScoped
class AccessCheck implements Work {
  private final GraphGateway gateway;
  private final AuthApi auth;
  private final RefresherConfig config;

  @Inject
  AccessCheck(GraphGateway gateway, @RestClient AuthApi auth, RefresherConfig config) {
    this.gateway = gateway;
    this.auth = auth;
    this.config = config;
  }

  @Override
  public WorkKind kind() {
    return WorkKind.ACCESS_CHECK;
  }

  @Override
  public Duration every() {
    return config.accessCheckEvery();
  }

  @Override
  public Uni<WorkOutcome> run(ConnectionId connection, long generation) {
    return gateway
        .permissions(connection)
        .chain(listing ->
            switch (listing) {
              case Complete permissions -> withPermissions(connection, generation, permissions);
              case Broken broken -> Uni.createFrom().item(postponed(broken));
            });
  }

  private Uni<WorkOutcome> withPermissions(
      ConnectionId connection, long generation, Complete permissions) {
    return gateway
        .adAccounts(connection)
        .chain(adAccounts -> conclude(connection, generation, permissions, adAccounts));
  }

  private Uni<WorkOutcome> conclude(
      ConnectionId connection, long generation, Complete permissions, Listing adAccounts) {
    return switch (adAccounts) {
      case Complete(var rows, var readWith) ->
          readWith.equals(permissions.generation())
              ? put(connection, generation, permissions, true, rows)
              : Uni.createFrom().item(moved());
      case Broken(var category, _) when category == ErrorCategory.PERMISSION_MISSING ->
          put(connection, generation, permissions, false, List.of());
      case Broken broken -> Uni.createFrom().item(postponed(broken));
    };
  }

  private Uni<WorkOutcome> put(
      ConnectionId connection,
      long wanted,
      Complete permissions,
      boolean complete,
      List<JsonNode> adAccounts) {
    long readWith = orElse(permissions.generation(), wanted);
    if (readWith < wanted) {
      return Uni.createFrom().item(moved());
    }
    var access = AccessSnapshot.of(readWith, complete, permissions.rows(), adAccounts);
    return auth.putAccess(connection.toString(), access)
        .onFailure(WebApplicationException.class)
        .recoverWithItem(failure -> ((WebApplicationException) failure).getResponse())
        .map(AccessCheck::settled)
        .onFailure()
        .recoverWithItem(_ -> new Postponed("AUTH_SERVICE_AWAY", true, Duration.ZERO));
  }

  private static WorkOutcome settled(Response response) {
    int status = response.getStatus();
    return switch (status) {
      case 200, 204 -> new Done();
      case 404, 409 -> Over.OBSOLETE;
      default -> new Postponed("AUTH_SERVICE_" + status, status >= 500, Duration.ZERO);
    };
  }

  /// The gateway used another generation than the state we know: one of us is behind for a moment.
  private static WorkOutcome moved() {
    return new Postponed("GENERATION_MOVED", true, Duration.ZERO);
  }

  /// What casts doubt on the token is not ours to judge: if it is dead, auth-service says so and
  /// this work is dropped.
  private static WorkOutcome postponed(Broken broken) {
    return new Postponed(
        broken.category().name(), broken.category().mayPass(), broken.retryAfter());
  }

  private static long orElse(OptionalLong generation, long other) {
    return generation.orElse(other);
  }
}
