package io.tokenwarden.auth.registry;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Page;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// Connections and their health, for people and programs.
@Path("/auth/connections")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SECURITY_ADMIN, Roles.SERVICE})
class ConnectionsResource {
  private final Connections connections;
  private final Caller caller;

  @Inject
  ConnectionsResource(Connections connections, Caller caller) {
    this.connections = connections;
    this.caller = caller;
  }

  @GET
  @WithSession
  public Uni<Page<ConnectionView>> list(@RestQuery String workspace) {
    return connections
        .of(caller.mustSee(workspace))
        .map(found -> Page.of(found.stream().map(ConnectionView::of).toList()));
  }

  @GET
  @Path("/{id}")
  @WithSession
  public Uni<ConnectionView> get(@RestPath String id) {
    return connections
        .find(ConnectionIds.parse(id))
        .map(found -> ConnectionView.of(ConnectionIds.visible(found, caller)));
  }
}
