package io.tokenwarden.auth.handle;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Page;
import io.tokenwarden.service.PageLimit;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// Handles, given out and taken back by people.
@Path("/auth/handles")
class HandleResource {
  private static final int USUAL_LIMIT = 100;
  private static final int LARGEST_LIMIT = 1_000;
  private static final int MOST_ASSETS = 100;
  private static final String ASSET = "[0-9]{1,30}";

  private final Handles handles;
  private final Connections connections;
  private final HandleConfig config;
  private final Caller caller;
  private final SecurityIdentity identity;
  private final Clock clock;

  @Inject
  HandleResource(
      Handles handles,
      Connections connections,
      HandleConfig config,
      Caller caller,
      SecurityIdentity identity,
      Clock clock) {
    this.handles = handles;
    this.connections = connections;
    this.config = config;
    this.caller = caller;
    this.identity = identity;
    this.clock = clock;
  }

  /// @param access `read`, or `write`, which a security-admin alone mints
  /// @param assets the digits of the only assets it is to reach; null for all
  /// @param expiresAt when it ends by itself, such as `2027-01-31T00:00:00Z`
  record Wanted(String connectionId, String access, List<String> assets, String expiresAt) {}

  /// The answer is the only one that shows the key.
  @POST
  @NoCache
  @RolesAllowed({Roles.OPERATOR, Roles.SECURITY_ADMIN})
  @WithTransaction
  public Uni<HandleView> mint(Wanted wanted) {
    if (wanted == null || wanted.connectionId() == null) {
      throw Problems.badRequest("Say for which connection: {\"connectionId\": …}");
    }
    return connections
        .find(ConnectionIds.parse(wanted.connectionId()))
        .map(found -> order(wanted, ConnectionIds.visible(found, caller)))
        .chain(order -> handles.mint(order, caller.subject()));
  }

  private Minting order(Wanted wanted, Connection connection) {
    if (connection.health().lifecycle() != Lifecycle.CONNECTED) {
      throw Problems.conflict("CONNECTION_ENDED", "The connection was disconnected or archived");
    }
    return new Minting(
        connection, access(wanted.access()), assets(wanted.assets()), end(wanted.expiresAt()));
  }

  private Access access(String text) {
    var access =
        Access.of(text).orElseThrow(() -> Problems.badRequest("access is \"read\" or \"write\""));
    if (access == Access.WRITE && !identity.hasRole(Roles.SECURITY_ADMIN)) {
      throw Problems.of(
          Status.FORBIDDEN, "FORBIDDEN", "A handle that writes is minted by a security-admin");
    }
    return access;
  }

  private static Optional<List<String>> assets(List<String> named) {
    if (named == null) {
      return Optional.empty();
    }
    if (named.isEmpty()
        || named.size() > MOST_ASSETS
        || named.stream().anyMatch(asset -> asset == null || !asset.matches(ASSET))) {
      throw Problems.badRequest(
          "assets names 1 to %d assets by their digits; omit it for all".formatted(MOST_ASSETS));
    }
    return Optional.of(List.copyOf(new HashSet<>(named)).stream().sorted().toList());
  }

  private Instant end(String text) {
    var now = clock.instant();
    var latest = now.plus(config.longestLife());
    var end = moment(text);
    if (!end.isAfter(now) || end.isAfter(latest)) {
      throw Problems.badRequest("expiresAt lies between now and " + latest);
    }
    return end;
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(Optional.ofNullable(text).orElse(""));
    } catch (DateTimeException _) {
      throw Problems.badRequest("expiresAt is a moment in UTC, such as 2027-01-31T00:00:00Z");
    }
  }

  /// The newest first, without their keys; what was revoked or is over is listed too.
  ///
  /// @param after `next` of the page before
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SECURITY_ADMIN})
  @WithSession
  public Uni<Page<HandleView>> list(
      @RestQuery String workspace, @RestQuery String after, @RestQuery String limit) {
    var asked = caller.mustSee(workspace);
    var before = Optional.ofNullable(after).map(HandleResource::place);
    int size = PageLimit.of(limit, USUAL_LIMIT, LARGEST_LIMIT);
    return handles
        .of(asked, before, size)
        .map(found ->
            new Page<>(
                found.stream().map(HandleView::of).toList(),
                found.size() < size ? null : found.getLast().id().toString()));
  }

  private static UUID place(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw Problems.badRequest("after is the next of the page before");
    }
  }

  /// From this answer on nobody is let in with it.
  @DELETE
  @Path("/{id}")
  @RolesAllowed({Roles.OPERATOR, Roles.SECURITY_ADMIN})
  @WithTransaction
  @ResponseStatus(204)
  public Uni<Void> revoke(@RestPath String id) {
    return handles
        .lock(parse(id))
        .map(this::visible)
        .chain(handle -> handles.revoke(handle, caller.subject()));
  }

  private static UUID parse(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException _) {
      throw unknown();
    }
  }

  private Handle visible(Handle handle) {
    if (handle == null || !caller.sees(handle.workspace())) {
      throw unknown();
    }
    return handle;
  }

  private static HttpProblem unknown() {
    return Problems.notFound("There is no such handle");
  }
}
