package io.tokenwarden.twin.control;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.calls.Call;
import io.tokenwarden.twin.calls.CallLog;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.NewPerson;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;

/// The control page: people, their tokens by label and state, what was called, and the buttons.
/// Works without scripts; with them it keeps itself up to date.
@Path("/")
@Singleton
@Blocking
@Produces(MediaType.TEXT_HTML)
public final class ControlPage {

  private static final int CALLS_SHOWN = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm").withZone(ZoneOffset.UTC);

  private final World world;
  private final CallLog calls;
  private final Clock clock;

  @Inject
  ControlPage(World world, CallLog calls, Clock clock) {
    this.world = world;
    this.calls = calls;
    this.clock = clock;
  }

  @GET
  public TemplateInstance show() {
    var now = clock.instant();
    return Templates.twin(
        world.people().reversed().stream().map(person -> card(person, now)).toList(),
        calls.newest(CALLS_SHOWN).stream().map(Line::of).toList(),
        world.people().size() + 1);
  }

  @POST
  @Path("control/people")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response addPerson(
      @HeaderParam("Sec-Fetch-Site") String site, @FormParam("name") String name) {
    mustBeOurs(site);
    world.add(NewPerson.buyer(name == null || name.isBlank() ? "Buyer" : name));
    return backToThePage();
  }

  @POST
  @Path("control/people/{id}/{deed}")
  public Response act(
      @HeaderParam("Sec-Fetch-Site") String site, @RestPath String id, @RestPath String deed) {
    mustBeOurs(site);
    var person = world.person(id).orElseThrow(NotFoundException::new);
    switch (deed) {
      case "change-password" -> world.changePassword(person.id());
      case "remove-app" -> world.removeApp(person.id());
      default -> throw new NotFoundException();
    }
    return backToThePage();
  }

  /// A page of another site must not press these buttons.
  private static void mustBeOurs(String site) {
    if ("cross-site".equals(site)) {
      throw new ForbiddenException();
    }
  }

  private static Response backToThePage() {
    return Response.status(Response.Status.SEE_OTHER).header("Location", "/").build();
  }

  private Card card(Person person, Instant now) {
    var tokens =
        world.tokens().reversed().stream()
            .filter(token -> person.id().equals(token.personId()))
            .map(token -> Badge.of(token, now))
            .toList();
    return new Card(person, person.grant() != null, tokens);
  }

  /// A person with the state of the app and the tokens, newest first.
  public record Card(Person person, boolean installed, List<Badge> tokens) {

    public boolean hasLivingToken() {
      return tokens.stream().anyMatch(Badge::alive);
    }
  }

  /// A token in a few words.
  public record Badge(String label, String kind, boolean alive, String state) {

    static Badge of(IssuedToken token, Instant now) {
      var death = token.deathAt(now);
      var state =
          death
              .map(cause -> words(cause.name()) + ", 190/" + cause.subcode())
              .orElseGet(() ->
                  token.expiresAt() == null
                      ? "never expires"
                      : "until " + DAY.format(token.expiresAt()) + " UTC");
      return new Badge(token.label(), token.kind().label(), death.isEmpty(), state);
    }

    private static String words(String name) {
      return name.toLowerCase(Locale.ROOT).replace('_', ' ');
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

    static native TemplateInstance twin(List<Card> people, List<Line> calls, int next);
  }
}
