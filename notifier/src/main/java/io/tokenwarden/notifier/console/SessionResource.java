package io.tokenwarden.notifier.console;

import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.ResponseHeader;

/// Gives the page the bearer of the person who is signed in, to call the services with. No other
/// site can read the answer, and the page keeps it in memory alone.
@Path("/notify/session")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class SessionResource {
  private final JsonWebToken bearer;

  /// @param bearer of this request's session: with the code flow this is what the issuer gave for
  ///   calling services, not the id token
  @Inject
  SessionResource(JsonWebToken bearer) {
    this.bearer = bearer;
  }

  @GET
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  public Session session() {
    return new Session(bearer.getRawToken(), Instant.ofEpochSecond(bearer.getExpirationTime()));
  }

  /// @param bearer for the `Authorization` header
  /// @param expiresAt when it ends; the page asks for another one before
  record Session(String bearer, Instant expiresAt) {
    @Override
    public String toString() {
      return "Session[bearer=****, expiresAt=" + expiresAt + "]";
    }
  }
}
