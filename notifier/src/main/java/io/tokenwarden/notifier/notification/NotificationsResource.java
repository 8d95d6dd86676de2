package io.tokenwarden.notifier.notification;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.notifier.projection.Visible;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Page;
import io.tokenwarden.service.PageLimit;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// What people were told, over HTTP.
@Path("/notify/notifications")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class NotificationsResource {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;

  private final NotificationList notifications;
  private final Caller caller;

  @Inject
  NotificationsResource(NotificationList notifications, Caller caller) {
    this.notifications = notifications;
    this.caller = caller;
  }

  @GET
  @WithSession
  public Uni<Page<NotificationItem>> list(
      @QueryParam("workspace") String workspace,
      @QueryParam("state") Optional<String> state,
      @QueryParam("after") Optional<String> after,
      @QueryParam("limit") String limit) {
    var visible = caller.mustSee(workspace);
    int size = PageLimit.of(limit, USUAL_PAGE, LARGEST_PAGE);
    return notifications.page(
        visible, state.map(NotificationsResource::state), after.map(this::cursor), size);
  }

  private static State state(String name) {
    return Arrays.stream(State.values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problems.badRequest("state is OPEN or RESOLVED"));
  }

  private UUID cursor(String after) {
    return uuid(after)
        .orElseThrow(() -> Problems.badRequest("after is the next of the page before"));
  }

  @POST
  @Path("/{id}/read")
  @WithTransaction
  public Uni<NotificationItem> read(@PathParam("id") String id) {
    var visible = new Visible(caller.workspaces());
    return uuid(id)
        .map(known -> notifications.read(known, visible))
        .orElse(Uni.createFrom().item(Optional.empty()))
        .map(found -> found.orElseThrow(() -> Problems.notFound("There is no such notification")));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
