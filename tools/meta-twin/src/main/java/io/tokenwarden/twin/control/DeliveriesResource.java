package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.callbacks.Courier;
import io.tokenwarden.twin.callbacks.Deliveries;
import io.tokenwarden.twin.callbacks.Delivery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// The control API of what apps are called with.
@Path("/twin/deliveries")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveriesResource {

  private final Deliveries deliveries;
  private final Courier courier;

  @Inject
  DeliveriesResource(Deliveries deliveries, Courier courier) {
    this.deliveries = deliveries;
    this.courier = courier;
  }

  /// The latest, oldest first.
  ///
  /// @param app only those to this app; null for all
  @GET
  public List<Delivery> all(@RestQuery String app) {
    return deliveries.all().stream()
        .filter(delivery -> app == null || delivery.appId().equals(app))
        .toList();
  }

  /// Sends one now: late if it was held back, a second time if it was delivered. It is signed with
  /// the secret the app has now.
  @POST
  @Path("{id}/deliver")
  public Delivery deliver(@RestPath long id) {
    return courier.send(deliveries.of(id).orElseThrow(NotFoundException::new));
  }
}
