package io.tokenwarden.auth.ending;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.ConnectionView;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestPath;

/// Ends connections at an operator's word. Both answer 200, also if there was nothing left to end.
@Path("/auth/connections")
@RolesAllowed(Roles.OPERATOR)
class EndsResource {
  private final Connections connections;
  private final Ends ends;
  private final Caller caller;

  @Inject
  EndsResource(Connections connections, Ends ends, Caller caller) {
    this.connections = connections;
    this.ends = ends;
    this.caller = caller;
  }

  /// @param tokenAtMeta what becomes of the token there
  /// @param advice what the person does who wants it gone there, too; null if there is nothing to
  ///   do
  record Ended(ConnectionView connection, Fate tokenAtMeta, String advice) {}

  /// The token cannot be used any more; schedules, history and settings stay.
  @POST
  @Path("/{id}/disconnect")
  @WithTransaction
  public Uni<Ended> disconnect(@RestPath String id) {
    return end(id, ends::disconnect);
  }

  /// As disconnect, and the connection is put away. A reconnect brings it back.
  @POST
  @Path("/{id}/archive")
  @WithTransaction
  public Uni<Ended> archive(@RestPath String id) {
    return end(id, ends::archive);
  }

  private Uni<Ended> end(String id, BiFunction<Connection, String, Uni<Void>> how) {
    var by = caller.subject();
    return connections
        .lock(ConnectionIds.parse(id))
        .map(found -> ConnectionIds.visible(found, caller))
        .call(connection -> how.apply(connection, by))
        .chain(this::ended);
  }

  private Uni<Ended> ended(Connection connection) {
    return ends.fateOf(connection)
        .map(fate -> new Ended(ConnectionView.of(connection), fate, advice(connection, fate)));
  }

  private static String advice(Connection connection, Fate fate) {
    return switch (fate) {
      case REVOKED, REVOKING, OVERTAKEN -> null;
      case LEFT_TO_THE_PERSON, NOT_REVOKED ->
          connection.tokenType() == TokenType.SYSTEM_USER
              ? "The token lives on at Meta. Whoever manages the business revokes it there:"
                  + " Business settings, Users, System users,"
                  + " https://business.facebook.com/settings/system-users"
              : "The app still stands in this person's account at Meta. They remove it there:"
                  + " Settings, Business integrations,"
                  + " https://www.facebook.com/settings?tab=business_tools";
    };
  }
}
