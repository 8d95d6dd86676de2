package io.tokenwarden.twin.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.calls.Call;
import io.tokenwarden.twin.calls.CallLog;
import io.tokenwarden.twin.control.AppsResource.AppInfo;
import io.tokenwarden.twin.faults.Faults;
import io.tokenwarden.twin.faults.Presets;
import io.tokenwarden.twin.graph.InsightsFields;
import io.tokenwarden.twin.insights.Days;
import io.tokenwarden.twin.insights.Level;
import io.tokenwarden.twin.insights.Report;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// The control API of Meta itself: how the managed app stands, the bad days, what was called, and
/// the truth. See [AppsResource], [PeopleResource] and [TokensResource] for the rest.
@Path("/twin")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ControlResource {

  private final World world;
  private final CallLog calls;
  private final Faults faults;
  private final Presets presets;
  private final Deeds deeds;
  private final Clock clock;

  @Inject
  ControlResource(
      World world, CallLog calls, Faults faults, Presets presets, Deeds deeds, Clock clock) {
    this.world = world;
    this.calls = calls;
    this.faults = faults;
    this.presets = presets;
    this.deeds = deeds;
    this.clock = clock;
  }

  /// Something that happens to the managed app.
  @POST
  @Path("app/{deed}")
  @Consumes(MediaType.WILDCARD)
  public void happenToTheApp(@RestPath String deed) {
    deeds.happenToTheApp(world.managedApp().id(), deed);
  }

  /// The managed app; see [AppsResource] for the others.
  @GET
  @Path("app")
  public AppInfo app() {
    return AppInfo.of(world.managedApp());
  }

  /// Calls after a sequence number, oldest first. `next` is where to go on, `last` the newest there
  /// is.
  @GET
  @Path("calls")
  public CallPage calls(
      @RestQuery @DefaultValue("0") long after,
      @RestQuery String token,
      @RestQuery @DefaultValue("100") int limit) {
    var last = calls.last();
    var items = calls.after(after, token, Math.clamp(limit, 0, 10_000));
    return new CallPage(items, items.isEmpty() ? after : items.getLast().seq(), last);
  }

  /// The rows the twin holds, with every field: what a sync must end up with. Future days have
  /// none.
  @GET
  @Path("truth/insights")
  public List<ObjectNode> truth(
      @RestQuery String account,
      @RestQuery @DefaultValue("account") String level,
      @RestQuery String from,
      @RestQuery String to) {
    var adAccount =
        world
            .adAccount(String.valueOf(account).replaceFirst("^act_", ""))
            .orElseThrow(NotFoundException::new);
    var asked = days(from, to);
    var today = adAccount.today(clock.instant());
    var days =
        asked.since().datesUntil(asked.until().plusDays(1)).filter(day -> !day.isAfter(today));
    var wanted =
        Level.named(level)
            .orElseThrow(() -> new IllegalArgumentException("unknown level " + level));
    return new Report(adAccount)
        .rows(wanted, days.map(day -> new Days(day, day)).toList()).stream()
            .map(InsightsFields::json)
            .toList();
  }

  @POST
  @Path("faults")
  public Response addFault(FaultInfo order) {
    if (order == null) {
      throw new IllegalArgumentException("a fault is a JSON object");
    }
    var fault = faults.add(complete(order)::fault);
    return Response.status(Response.Status.CREATED).entity(Map.of("id", fault.id())).build();
  }

  private FaultInfo complete(FaultInfo order) {
    return order.preset() == null
        ? order
        : presets
            .named(order.preset())
            .map(preset -> FaultInfo.of(preset, order.match(), order.times()))
            .orElseThrow(() -> new IllegalArgumentException("unknown preset " + order.preset()));
  }

  @GET
  @Path("faults")
  public List<FaultInfo> faults() {
    return faults.all().stream().map(FaultInfo::of).toList();
  }

  @DELETE
  @Path("faults/{id}")
  public void removeFault(@RestPath long id) {
    if (!faults.remove(id)) {
      throw new NotFoundException();
    }
  }

  @DELETE
  @Path("faults")
  public void clearFaults() {
    faults.clear();
  }

  private static Days days(String from, String to) {
    try {
      return new Days(LocalDate.parse(from), LocalDate.parse(to));
    } catch (DateTimeException | NullPointerException _) {
      throw new BadRequestException("from and to are days, YYYY-MM-DD");
    }
  }

  /// A page of calls.
  ///
  /// @param next the sequence number to ask after next
  /// @param last the newest sequence number
  public record CallPage(List<Call> items, long next, long last) {}
}
