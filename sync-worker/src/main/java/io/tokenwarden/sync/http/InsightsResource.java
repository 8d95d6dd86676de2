package io.tokenwarden.sync.http;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.PageLimit;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import io.tokenwarden.sync.SyncConfig;
import io.tokenwarden.sync.insights.Coverage;
import io.tokenwarden.sync.insights.DayRange;
import io.tokenwarden.sync.insights.Insights;
import io.tokenwarden.sync.insights.InsightsRow;
import io.tokenwarden.sync.schedule.Schedule;
import io.tokenwarden.sync.schedule.Schedules;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// What was read of an ad account, and which days were read at all. Without `from` and `to`: all
/// days the schedule wants, up to today; days are the account's.
@Path("/sync")
@Produces(MediaType.APPLICATION_JSON)
class InsightsResource {
  private static final int USUAL_LIMIT = 1_000;
  private static final int LARGEST_LIMIT = 5_000;

  private final Schedules schedules;
  private final Coverage coverage;
  private final Insights insights;
  private final SyncConfig config;
  private final Caller caller;
  private final Clock clock;

  @Inject
  InsightsResource(
      Schedules schedules,
      Coverage coverage,
      Insights insights,
      SyncConfig config,
      Caller caller,
      Clock clock) {
    this.schedules = schedules;
    this.coverage = coverage;
    this.insights = insights;
    this.config = config;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Path("/coverage/{adAccountId}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @WithSession
  public Uni<CoverageView> coverage(
      @RestPath String adAccountId,
      @RestQuery String workspace,
      @RestQuery String level,
      @RestQuery String from,
      @RestQuery String to) {
    var asked = caller.mustSee(workspace);
    var account = Asked.adAccount(adAccountId);
    var askedLevel = Asked.level(level);
    var first = Asked.day("from", from);
    var last = Asked.day("to", to);
    return schedules
        .find(asked, account)
        .map(ScheduleResource::existing)
        .chain(schedule -> coverage(schedule, askedLevel, days(schedule, first, last)));
  }

  private Uni<CoverageView> coverage(Schedule schedule, InsightsLevel level, DayRange days) {
    var oldestDay = config.oldestDay(schedule.today(clock.instant()));
    return coverage
        .days(schedule.workspace(), schedule.adAccount(), level, days, oldestDay)
        .map(found -> found.stream().map(CoverageView.Day::of).toList())
        .chain(found ->
            freshUntil(schedule, level).map(fresh -> view(schedule, level, days, fresh, found)));
  }

  private static CoverageView view(
      Schedule schedule,
      InsightsLevel level,
      DayRange days,
      Optional<Instant> freshUntil,
      List<CoverageView.Day> found) {
    return new CoverageView(
        schedule.workspace(),
        schedule.adAccount(),
        level,
        days.from(),
        days.to(),
        freshUntil.orElse(null),
        found);
  }

  /// Rows of the chosen days, a page at a time.
  ///
  /// @param after `next` of the page before
  @GET
  @Path("/insights/{adAccountId}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @WithSession
  public Uni<InsightsView> insights(
      @RestPath String adAccountId,
      @RestQuery String workspace,
      @RestQuery String level,
      @RestQuery String from,
      @RestQuery String to,
      @RestQuery String after,
      @RestQuery String limit) {
    var asked = caller.mustSee(workspace);
    var account = Asked.adAccount(adAccountId);
    var askedLevel = Asked.level(level);
    var first = Asked.day("from", from);
    var last = Asked.day("to", to);
    var place = Place.of(after);
    int size = PageLimit.of(limit, USUAL_LIMIT, LARGEST_LIMIT);
    return schedules
        .find(asked, account)
        .map(ScheduleResource::existing)
        .chain(
            schedule -> insights(schedule, askedLevel, days(schedule, first, last), place, size));
  }

  private Uni<InsightsView> insights(
      Schedule schedule, InsightsLevel level, DayRange days, Place after, int size) {
    return insights
        .rows(
            schedule.workspace(),
            schedule.adAccount(),
            level,
            days,
            after.day(),
            after.entity(),
            size)
        .chain(rows ->
            freshUntil(schedule, level)
                .map(fresh -> view(schedule, level, days, fresh, rows, size)));
  }

  private static InsightsView view(
      Schedule schedule,
      InsightsLevel level,
      DayRange days,
      Optional<Instant> freshUntil,
      List<InsightsRow> rows,
      int size) {
    return new InsightsView(
        schedule.workspace(),
        schedule.adAccount(),
        level,
        days.from(),
        days.to(),
        freshUntil.orElse(null),
        rows.stream().map(InsightsView.Row::of).toList(),
        rows.size() < size ? null : Place.of(rows.getLast()).toString());
  }

  private Uni<Optional<Instant>> freshUntil(Schedule schedule, InsightsLevel level) {
    return coverage.freshUntil(schedule.workspace(), schedule.adAccount(), level);
  }

  private DayRange days(Schedule schedule, Optional<LocalDate> from, Optional<LocalDate> to) {
    var today = schedule.today(clock.instant());
    return Asked.days(from, to, new DayRange(schedule.wantedFrom(), today));
  }

  /// A place in the order of days and entities, written `2026-11-21/1234`.
  private record Place(LocalDate day, String entity) {
    private static final Place START = new Place(LocalDate.EPOCH, "");

    static Place of(InsightsRow row) {
      return new Place(row.day(), row.entityId());
    }

    static Place of(String text) {
      if (text == null || text.isEmpty()) {
        return START;
      }
      var parts = text.split("/", 2);
      try {
        return new Place(LocalDate.parse(parts[0]), parts.length == 2 ? parts[1] : "");
      } catch (DateTimeException _) {
        throw Problems.badRequest("after is the next of the page before");
      }
    }

    @Override
    public String toString() {
      return day + "/" + entity;
    }
  }
}
