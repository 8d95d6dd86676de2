package io.tokenwarden.refresher.runway;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.PageLimit;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestQuery;

/// What ends when, on which clock, in the workspaces of whoever asks.
@Path("/refresher/runway")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class RunwayResource {
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 400;
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Endings endings;
  private final Caller caller;

  @Inject
  RunwayResource(Endings endings, Caller caller) {
    this.endings = endings;
    this.caller = caller;
  }

  /// @param days how far ahead, 1 to 400
  @GET
  @WithSession
  public Uni<Runway> within(
      @RestQuery String days, @RestQuery String after, @RestQuery String limit) {
    return endings.within(
        caller.workspaces(),
        Duration.ofDays(days(days)),
        Place.parse(after),
        PageLimit.of(limit, USUAL_PAGE, LARGEST_PAGE));
  }

  private static int days(String text) {
    if (text == null) {
      return USUAL_DAYS;
    }
    if (!text.matches("[0-9]{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_DAYS) {
      throw Problems.badRequest("days is a number from 1 to " + MOST_DAYS);
    }
    return Integer.parseInt(text);
  }
}
