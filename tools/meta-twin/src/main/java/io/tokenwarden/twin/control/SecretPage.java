package io.tokenwarden.twin.control;

import static io.tokenwarden.twin.control.Origin.mustBeOurs;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.NewApp;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;

/// Makes apps and tokens for a person at the control page, and shows the secret of each this once.
@Path("/")
@Singleton
@Blocking
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class SecretPage {

  private final World world;
  private final Mint mint;

  @Inject
  SecretPage(World world, Mint mint) {
    this.world = world;
    this.mint = mint;
  }

  @POST
  @Path("control/apps")
  public Response register(
      @HeaderParam("Sec-Fetch-Site") String site, @FormParam("name") String name) {
    mustBeOurs(site);
    var app = world.register(new NewApp(null, null, name, null));
    return shown("App " + app.id(), "Its secret", app.secret().reveal());
  }

  @POST
  @Path("control/apps/{id}/secret/reset")
  @Consumes(MediaType.WILDCARD)
  public Response resetSecret(@HeaderParam("Sec-Fetch-Site") String site, @RestPath String id) {
    mustBeOurs(site);
    var app = world.resetSecret(world.app(id).map(MetaApp::id).orElseThrow(NotFoundException::new));
    return shown("App " + app.id(), "Its new secret", app.secret().reveal());
  }

  @POST
  @Path("control/people/{id}/tokens")
  public Response issue(
      @HeaderParam("Sec-Fetch-Site") String site,
      @RestPath String id,
      @FormParam("kind") String kind,
      @FormParam("app") String app,
      @FormParam("scopes") String scopes,
      @FormParam("expires") String expires) {
    mustBeOurs(site);
    var person = world.person(id).orElseThrow(NotFoundException::new);
    var token = mint.issue(person, new TokenOrder(kind, app, named(scopes), expires != null));
    return shown(token.label() + " of " + person.name(), "Its value", token.value().reveal());
  }

  private static Set<String> named(String scopes) {
    return Stream.of(String.valueOf(scopes).split("[, ]+"))
        .filter(scope -> !scope.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Response shown(String what, String name, String value) {
    return Response.ok(Templates.secret(what, name, value).render())
        .header("Cache-Control", "no-store")
        .build();
  }

  @CheckedTemplate(basePath = "control")
  static final class Templates {

    private Templates() {}

    static native TemplateInstance secret(String what, String name, String value);
  }
}
