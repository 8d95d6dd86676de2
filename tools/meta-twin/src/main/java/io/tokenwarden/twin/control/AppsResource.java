package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.callbacks.WebhookVerification;
import io.tokenwarden.twin.world.AppStanding;
import io.tokenwarden.twin.world.Callbacks;
import io.tokenwarden.twin.world.ExchangeHabit;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.NewApp;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;

/// The control API of Meta apps. A secret is told once, to whoever makes or resets it.
@Path("/twin/apps")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AppsResource {

  private final World world;
  private final Deeds deeds;
  private final WebhookVerification verification;

  @Inject
  AppsResource(World world, Deeds deeds, WebhookVerification verification) {
    this.world = world;
    this.deeds = deeds;
    this.verification = verification;
  }

  @GET
  public List<AppInfo> apps() {
    return world.apps().stream().map(AppInfo::of).toList();
  }

  @GET
  @Path("{id}")
  public AppInfo app(@RestPath String id) {
    return AppInfo.of(known(id));
  }

  @POST
  public Response register(AppOrder order) {
    if (order == null) {
      throw new IllegalArgumentException("an app is a JSON object with a name");
    }
    return Response.status(Response.Status.CREATED)
        .entity(AppSecret.of(world.register(order.app())))
        .build();
  }

  /// `block`, `delete`, `restore`, `hold-callbacks` or `release-callbacks`.
  @POST
  @Path("{id}/{deed}")
  @Consumes(MediaType.WILDCARD)
  public void happen(@RestPath String id, @RestPath String deed) {
    deeds.happenToTheApp(known(id).id(), deed);
  }

  /// Every token of the app dies with its old secret.
  @POST
  @Path("{id}/secret/reset")
  @Consumes(MediaType.WILDCARD)
  public AppSecret resetSecret(@RestPath String id) {
    return AppSecret.of(world.resetSecret(known(id).id()));
  }

  /// Login for Business: the permissions each configuration asks for, by its id.
  @PUT
  @Path("{id}/login-configs")
  public AppInfo configureLogin(@RestPath String id, Map<String, Set<String>> configs) {
    world.changeApp(known(id).id(), app -> app.withLoginConfigs(configs));
    return app(id);
  }

  @PUT
  @Path("{id}/exchange")
  public AppInfo exchange(@RestPath String id, ExchangeHabit habit) {
    world.changeApp(known(id).id(), app -> app.with(habit));
    return app(id);
  }

  /// Where the app is called. A webhook address is asked first whether it is the app's.
  ///
  /// @throws IllegalArgumentException if it does not echo the challenge; nothing is changed then
  @PUT
  @Path("{id}/callbacks")
  public AppInfo callbacks(@RestPath String id, CallbacksOrder order) {
    if (order == null) {
      throw new IllegalArgumentException("callbacks are a JSON object of addresses");
    }
    order.mustBeAddresses();
    known(id);
    if (order.webhookUrl() != null
        && !verification.isPassedBy(order.webhookUrl(), order.webhookVerifyToken())) {
      throw new IllegalArgumentException(
          "The URL could not be validated: it must answer 200 with the challenge");
    }
    world.changeApp(id, app -> app.with(order.callbacks(app.callbacks().held())));
    return app(id);
  }

  private MetaApp known(String id) {
    return world.app(id).orElseThrow(NotFoundException::new);
  }

  /// Body of `POST /twin/apps`.
  ///
  /// @param id null for a new one
  /// @param secret null for a random one
  /// @param loginConfigs null for none
  public record AppOrder(
      String id, String secret, String name, Map<String, Set<String>> loginConfigs) {

    /// @throws IllegalArgumentException if the order cannot be carried out
    NewApp app() {
      return new NewApp(id, secret == null ? null : Secret.of(secret), name, loginConfigs);
    }
  }

  /// An app, for everybody.
  public record AppInfo(
      String id,
      String name,
      AppStanding standing,
      Map<String, Set<String>> loginConfigs,
      ExchangeHabit exchange,
      Callbacks callbacks) {

    static AppInfo of(MetaApp app) {
      return new AppInfo(
          app.id(),
          app.name(),
          app.standing(),
          app.loginConfigs(),
          app.exchange(),
          app.callbacks());
    }
  }

  /// An app, for whoever made it.
  public record AppSecret(String id, String name, String secret) {

    static AppSecret of(MetaApp app) {
      return new AppSecret(app.id(), app.name(), app.secret().reveal());
    }

    @Override
    public String toString() {
      return "AppSecret[id=" + id + ", ****]";
    }
  }
}
