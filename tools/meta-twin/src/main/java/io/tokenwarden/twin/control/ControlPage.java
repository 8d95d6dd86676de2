package io.tokenwarden.twin.control;

import static io.tokenwarden.twin.control.Origin.backTo;
import static io.tokenwarden.twin.control.Origin.mustBeOurs;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.callbacks.Courier;
import io.tokenwarden.twin.callbacks.Deliveries;
import io.tokenwarden.twin.callbacks.Delivery;
import io.tokenwarden.twin.calls.Call;
import io.tokenwarden.twin.calls.CallLog;
import io.tokenwarden.twin.faults.Fault;
import io.tokenwarden.twin.faults.Faults;
import io.tokenwarden.twin.faults.Preset;
import io.tokenwarden.twin.faults.Presets;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.NewPerson;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;

/// The control page: the app, what shall go wrong, people with what they have, what was called, and
/// the buttons. Works without scripts; with them it keeps itself up to date.
@Path("/")
@Singleton
@Blocking
@Produces(MediaType.TEXT_HTML)
public final class ControlPage {

  private static final int CALLS_SHOWN = 100;
  private static final int DELIVERIES_SHOWN = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final World world;
  private final Tokens tokens;
  private final CallLog calls;
  private final Faults faults;
  private final Presets presets;
  private final Deeds deeds;
  private final Deliveries deliveries;
  private final Courier courier;
  private final Clock clock;

  @Inject
  ControlPage(
      World world,
      Tokens tokens,
      CallLog calls,
      Faults faults,
      Presets presets,
      Deeds deeds,
      Deliveries deliveries,
      Courier courier,
      Clock clock) {
    this.world = world;
    this.tokens = tokens;
    this.calls = calls;
    this.faults = faults;
    this.presets = presets;
    this.deeds = deeds;
    this.deliveries = deliveries;
    this.courier = courier;
    this.clock = clock;
  }

  @GET
  public TemplateInstance show() {
    var now = clock.instant();
    var app = world.managedApp();
    return Templates.twin(
        world.apps().stream().map(it -> AppLine.of(it, it.id().equals(app.id()))).toList(),
        presets.all(),
        faults.all().stream().map(Rule::of).toList(),
        world.everybody().reversed().stream()
            .map(person -> PersonCard.of(person, app.id(), tokens.all(), now))
            .toList(),
        deliveries.all().reversed().stream().limit(DELIVERIES_SHOWN).map(Told::of).toList(),
        calls.newest(CALLS_SHOWN).stream().map(Line::of).toList(),
        world.everybody().size() + 1);
  }

  @POST
  @Path("control/people")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response addPerson(
      @HeaderParam("Sec-Fetch-Site") String site, @FormParam("name") String name) {
    mustBeOurs(site);
    var person = world.add(NewPerson.buyer(name == null || name.isBlank() ? "Buyer" : name));
    return backTo("person-" + person.id());
  }

  @POST
  @Path("control/people/{id}/system-users")
  public Response addSystemUser(@HeaderParam("Sec-Fetch-Site") String site, @RestPath String id) {
    mustBeOurs(site);
    var owner = world.person(id).orElseThrow(NotFoundException::new);
    var user = world.addSystemUser(owner.id(), "System user of " + owner.business().name(), null);
    return backTo("person-" + user.id());
  }

  @POST
  @Path("control/people/{id}/{deed}")
  public Response happen(
      @HeaderParam("Sec-Fetch-Site") String site, @RestPath String id, @RestPath String deed) {
    mustBeOurs(site);
    deeds.happen(id, null, deed);
    return backTo("person-" + id);
  }

  @POST
  @Path("control/people/{id}/{kind}/{thing}/{deed}")
  public Response happen(
      @HeaderParam("Sec-Fetch-Site") String site,
      @RestPath String id,
      @RestPath String kind,
      @RestPath String thing,
      @RestPath String deed) {
    mustBeOurs(site);
    deeds.happen(id, null, kind, thing, deed);
    return backTo("person-" + id);
  }

  @POST
  @Path("control/app/{deed}")
  public Response happenToTheApp(
      @HeaderParam("Sec-Fetch-Site") String site, @RestPath String deed) {
    mustBeOurs(site);
    deeds.happenToTheApp(world.managedApp().id(), deed);
    return backTo("apps");
  }

  @POST
  @Path("control/apps/{id}/{deed}")
  public Response happenToAnApp(
      @HeaderParam("Sec-Fetch-Site") String site, @RestPath String id, @RestPath String deed) {
    mustBeOurs(site);
    deeds.happenToTheApp(world.app(id).map(MetaApp::id).orElseThrow(NotFoundException::new), deed);
    return backTo("apps");
  }

  @POST
  @Path("control/deliveries/{id}/deliver")
  public Response deliver(@HeaderParam("Sec-Fetch-Site") String site, @RestPath long id) {
    mustBeOurs(site);
    courier.send(deliveries.of(id).orElseThrow(NotFoundException::new));
    return backTo("deliveries");
  }

  @POST
  @Path("control/faults")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response addFault(
      @HeaderParam("Sec-Fetch-Site") String site,
      @FormParam("preset") String name,
      @FormParam("match") String match,
      @FormParam("times") String times) {
    mustBeOurs(site);
    var preset = presets.named(String.valueOf(name)).orElseThrow(NotFoundException::new);
    faults.add(FaultInfo.of(preset, match, count(times))::fault);
    return backTo("faults");
  }

  /// An empty field means: until it is taken away.
  private static Integer count(String times) {
    try {
      return times == null || times.isBlank() ? null : Integer.valueOf(times.strip());
    } catch (NumberFormatException _) {
      throw new BadRequestException("How often is a number");
    }
  }

  @POST
  @Path("control/faults/{id}/remove")
  public Response removeFault(@HeaderParam("Sec-Fetch-Site") String site, @RestPath long id) {
    mustBeOurs(site);
    faults.remove(id);
    return backTo("faults");
  }

  @POST
  @Path("control/faults/clear")
  public Response clearFaults(@HeaderParam("Sec-Fetch-Site") String site) {
    mustBeOurs(site);
    faults.clear();
    return backTo("faults");
  }

  /// How an app stands, and what can be done about it.
  public record AppLine(String name, String state, boolean well, List<Button> buttons) {

    static AppLine of(MetaApp app, boolean managed) {
      var place = managed ? "/control/app/" : "/control/apps/" + app.id() + "/";
      var name = managed ? "The app" : app.name() + " " + app.id();
      var restore = new Button(place + "restore", "Restore");
      var reset = new Button("/control/apps/" + app.id() + "/secret/reset", "Reset the secret");
      return switch (app.standing()) {
        case WELL ->
            new AppLine(
                name,
                "is served",
                true,
                List.of(
                    new Button(place + "block", "Block"),
                    new Button(place + "delete", "Delete"),
                    reset));
        case BLOCKED ->
            new AppLine(
                name,
                "is blocked: 200 “API access blocked.” to every call",
                false,
                List.of(restore));
        case DELETED -> new AppLine(name, "is deleted: 101 to every call", false, List.of(restore));
      };
    }
  }

  /// A delivery in one line.
  public record Told(long id, String at, String what, String where, String state, boolean well) {

    static Told of(Delivery delivery) {
      return new Told(
          delivery.id(),
          TIME.format(delivery.createdAt()),
          words(delivery.kind().name()),
          URI.create(delivery.url()).getPath(),
          "%s, %s after %d"
              .formatted(
                  words(delivery.state().name()),
                  delivery.lastStatus() == null ? "no answer" : delivery.lastStatus(),
                  delivery.attempts()),
          delivery.state() == Delivery.State.DELIVERED);
    }

    private static String words(String name) {
      return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /// A fault rule in one line.
  public record Rule(long id, String what, String where, String left) {

    static Rule of(Fault fault) {
      return new Rule(
          fault.id(),
          fault.preset() == null ? answer(fault) : fault.preset(),
          fault.match().pattern(),
          fault.remaining() == null ? "until taken away" : fault.remaining() + " more");
    }

    private static String answer(Fault fault) {
      var parts =
          Stream.of(
              fault.status() == null ? null : "HTTP " + fault.status(),
              fault.delay().isPositive() ? fault.delay().toMillis() + " ms later" : null);
      return parts.filter(Objects::nonNull).collect(Collectors.joining(", "));
    }
  }

  /// A call in one line.
  public record Line(
      long seq, String at, String method, String path, String token, int status, String error) {

    static Line of(Call call) {
      var tokens =
          Stream.of(call.token(), call.inputToken())
              .filter(label -> label != null)
              .distinct()
              .toList();
      var error =
          Stream.of(call.code(), call.subcode())
              .filter(number -> number != null)
              .map(String::valueOf)
              .toList();
      return new Line(
          call.seq(),
          TIME.format(call.at()),
          call.method(),
          call.path(),
          String.join(" about ", tokens),
          call.status(),
          String.join("/", error));
    }

    public boolean failed() {
      return status >= 400;
    }
  }

  @CheckedTemplate(basePath = "control")
  static final class Templates {

    private Templates() {}

    static native TemplateInstance twin(
        List<AppLine> apps,
        List<Preset> presets,
        List<Rule> rules,
        List<PersonCard> people,
        List<Told> deliveries,
        List<Line> calls,
        int next);
  }
}
