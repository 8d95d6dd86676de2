package io.tokenwarden.sync.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Page;
import io.tokenwarden.service.PageLimit;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import io.tokenwarden.sync.health.Doubt;
import io.tokenwarden.sync.health.Doubts;
import io.tokenwarden.sync.schedule.Schedule;
import io.tokenwarden.sync.schedule.Schedules;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// The schedules of a workspace: looking at them, and pushing, pausing and resuming them.
@Path("/sync/schedules")
@Produces(MediaType.APPLICATION_JSON)
class ScheduleResource {
  private static final int USUAL_LIMIT = 500;
  private static final int LARGEST_LIMIT = 1_000;

  private final Schedules schedules;
  private final Doubts doubts;
  private final Caller caller;

  @Inject
  ScheduleResource(Schedules schedules, Doubts doubts, Caller caller) {
    this.schedules = schedules;
    this.doubts = doubts;
    this.caller = caller;
  }

  /// In the order of the ad account ids; `next` is what `after` asks for.
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @WithSession
  public Uni<Page<ScheduleView>> list(
      @RestQuery String workspace,
      @RestQuery @DefaultValue("") String after,
      @RestQuery String limit) {
    var asked = caller.mustSee(workspace);
    int size = PageLimit.of(limit, USUAL_LIMIT, LARGEST_LIMIT);
    return schedules
        .list(asked, Asked.account(after), size)
        .chain(found -> doubts.of(asked).map(doubted -> page(views(found, doubted), size)));
  }

  private static List<ScheduleView> views(List<Schedule> found, Map<ConnectionId, Doubt> doubted) {
    return found.stream().map(schedule -> ScheduleView.of(schedule, doubted)).toList();
  }

  private static Page<ScheduleView> page(List<ScheduleView> views, int size) {
    return new Page<>(views, views.size() < size ? null : views.getLast().adAccountId().digits());
  }

  @GET
  @Path("/{adAccountId}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @WithSession
  public Uni<ScheduleView> get(@RestPath String adAccountId, @RestQuery String workspace) {
    var asked = caller.mustSee(workspace);
    return schedules
        .find(asked, Asked.adAccount(adAccountId))
        .chain(found -> view(asked, existing(found)));
  }

  /// Runs at once, and reads all that is not final: 202 with the schedule. A schedule that is
  /// blocked has nobody to read through: 409 with its causes and what helps.
  @POST
  @Path("/{adAccountId}/force")
  @RolesAllowed(Roles.OPERATOR)
  @WithTransaction
  public Uni<Response> force(@RestPath String adAccountId, @RestQuery String workspace) {
    var asked = caller.mustSee(workspace);
    return schedules
        .force(asked, Asked.adAccount(adAccountId))
        .map(ScheduleResource::existing)
        .invoke(ScheduleResource::mustRun)
        .chain(schedule -> view(asked, schedule))
        .map(view -> Response.accepted(view).build());
  }

  /// Nothing is read until it is resumed.
  @POST
  @Path("/{adAccountId}/pause")
  @RolesAllowed(Roles.OPERATOR)
  @WithTransaction
  public Uni<ScheduleView> pause(@RestPath String adAccountId, @RestQuery String workspace) {
    var asked = caller.mustSee(workspace);
    return schedules
        .pause(asked, Asked.adAccount(adAccountId))
        .chain(found -> view(asked, existing(found)));
  }

  /// Runs again at once, and closes the gap.
  @POST
  @Path("/{adAccountId}/resume")
  @RolesAllowed(Roles.OPERATOR)
  @WithTransaction
  public Uni<ScheduleView> resume(@RestPath String adAccountId, @RestQuery String workspace) {
    var asked = caller.mustSee(workspace);
    return schedules
        .resume(asked, Asked.adAccount(adAccountId))
        .chain(found -> view(asked, existing(found)));
  }

  private Uni<ScheduleView> view(WorkspaceId workspace, Schedule schedule) {
    return doubts.of(workspace).map(doubted -> ScheduleView.of(schedule, doubted));
  }

  static Schedule existing(Optional<Schedule> found) {
    return found.orElseThrow(
        () -> Problems.notFound("This workspace has no schedule for that ad account"));
  }

  private static void mustRun(Schedule schedule) {
    switch (schedule.visibleState()) {
      case RUNNING -> {}
      case PAUSED ->
          throw Problems.conflict("SCHEDULE_PAUSED", "The schedule is paused; resume it first");
      case BLOCKED -> throw blocked(schedule.causes());
    }
  }

  private static HttpProblem blocked(List<Condition> causes) {
    var remedy = causes.stream().map(Condition::remedy).filter(Objects::nonNull).findFirst();
    return HttpProblem.builder()
        .withStatus(Status.CONFLICT)
        .withTitle(Status.CONFLICT.getReasonPhrase())
        .withDetail("No connection of the workspace can read this ad account")
        .with("code", "SCHEDULE_BLOCKED")
        .with("remedy", remedy.map(Remedy::code).orElse(null))
        .with("causes", ScheduleView.causes(causes))
        .build();
  }
}
