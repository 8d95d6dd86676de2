package io.tokenwarden.twin.dialog;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.world.AppStanding;
import io.tokenwarden.twin.world.Consent;
import io.tokenwarden.twin.world.Grant;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.NewPerson;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The OAuth dialog. A browser, or a script that plays one, opens the page, reads the form and
/// posts it.
@Path("/")
@Singleton
@Blocking
@Produces(MediaType.TEXT_HTML)
public final class DialogResource {

  private final World world;
  private final Tokens tokens;

  @Inject
  DialogResource(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  @GET
  @Path("{version:v\\d+\\.\\d+}/dialog/oauth")
  public TemplateInstance versioned(@Context UriInfo uri) {
    return open(uri);
  }

  @GET
  @Path("dialog/oauth")
  public TemplateInstance open(@Context UriInfo uri) {
    var request = DialogRequest.parse(uri.getRequestUri().getRawQuery());
    var app = app(request);
    var people = world.people().reversed();
    return Templates.consent(
        app.name(),
        request.encoded(),
        people,
        permissions(app, request),
        request.scopes(app).stream().anyMatch(Grant::isForAdAccounts),
        people.size() + 1);
  }

  /// The person's answer. Whatever it is, the browser goes back to the app with it.
  @POST
  @Path("dialog/consent")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response consent(
      @FormParam("request") String encoded,
      @FormParam("person") String personId,
      @FormParam("scope") List<String> scopes,
      @FormParam("decline") List<String> declines,
      @FormParam("adAccount") List<String> adAccounts,
      @FormParam("action") String action) {
    var request = DialogRequest.decode(String.valueOf(encoded));
    var app = app(request);
    if (!"continue".equals(action)) {
      return denied(request);
    }
    var accepted = new ArrayList<>(scopes);
    accepted.removeAll(declines);
    var person = person(personId);
    return Answer.of(app, request, person, accepted, adAccounts)
        .map(answer -> agreed(request, person, answer))
        .orElseGet(() -> denied(request));
  }

  /// Makes a person on the spot and shows the dialog again, for whoever has nobody to log in as
  /// yet.
  @POST
  @Path("dialog/people")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response addPerson(@FormParam("request") String encoded, @FormParam("name") String name) {
    var request = DialogRequest.decode(String.valueOf(encoded));
    app(request);
    world.add(NewPerson.buyer(name == null || name.isBlank() ? "Buyer" : name));
    return Response.status(Response.Status.SEE_OTHER)
        .header("Location", "/dialog/oauth?" + request.query())
        .build();
  }

  @ServerExceptionMapper
  Response errorPage(DialogException e) {
    return Response.status(Response.Status.BAD_REQUEST)
        .type(MediaType.TEXT_HTML_TYPE)
        .entity(Templates.error(e.getMessage()).render())
        .build();
  }

  /// The app that asks, if it may.
  private MetaApp app(DialogRequest request) {
    var app =
        world
            .app(request.clientId())
            .orElseThrow(() -> new DialogException("Invalid App ID: the app does not exist."));
    if (app.standing() != AppStanding.WELL) {
      throw new DialogException("The app is not available: nobody can log in to it now.");
    }
    request.scopes(app);
    return app;
  }

  private Person person(String id) {
    var person =
        world
            .person(String.valueOf(id))
            .filter(it -> !it.systemUser())
            .orElseThrow(() -> new DialogException("Nobody is logged in under this id."));
    if (person.troubles().checkpoint() != null) {
      throw new DialogException(person.name() + " has to pass a checkpoint first.");
    }
    return person;
  }

  private Response agreed(DialogRequest request, Person person, Answer answer) {
    var code =
        tokens.consent(
            new Consent(
                request.clientId(),
                person.id(),
                request.redirectUri(),
                request.challenge(),
                answer.granted(),
                answer.declined(),
                answer.adAccounts()));
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("code", code.reveal());
    return back(request, parameters, "#_=_");
  }

  private static Response denied(DialogRequest request) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("error", "access_denied");
    parameters.put("error_code", "200");
    parameters.put("error_description", "Permissions error");
    parameters.put("error_reason", "user_denied");
    return back(request, parameters, "");
  }

  private static Response back(
      DialogRequest request, Map<String, String> parameters, String fragment) {
    if (request.state() != null) {
      parameters.put("state", request.state());
    }
    return Response.status(Response.Status.FOUND)
        .header("Location", Query.append(request.redirectUri(), parameters) + fragment)
        .build();
  }

  private static List<Permission> permissions(MetaApp app, DialogRequest request) {
    return request.scopes(app).stream()
        .map(scope -> new Permission(scope, meaning(scope), !request.allOrNothing()))
        .toList();
  }

  private static String meaning(String scope) {
    return switch (scope) {
      case "ads_read" -> "Read your ad accounts and their results";
      case "ads_management" -> "Manage your ads";
      case "business_management" -> "See the businesses you work for";
      case "pages_show_list" -> "See which Pages you manage";
      default -> "Use " + scope;
    };
  }

  /// A line of the consent page.
  ///
  /// @param optional whether a person may leave it out and still go on
  public record Permission(String scope, String meaning, boolean optional) {}

  @CheckedTemplate(basePath = "dialog")
  static final class Templates {

    private Templates() {}

    /// @param choice whether a person may choose among their ad accounts
    static native TemplateInstance consent(
        String app,
        String request,
        List<Person> people,
        List<Permission> permissions,
        boolean choice,
        int next);

    static native TemplateInstance error(String message);
  }
}
