package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Tokens;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/// The control API of single tokens, by their labels.
@Path("/twin/tokens")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensResource {

  private final Tokens tokens;
  private final Clock clock;

  @Inject
  TokensResource(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @GET
  public List<TokenInfo> all() {
    var now = clock.instant();
    return tokens.all().stream().map(token -> TokenInfo.of(token, now)).toList();
  }

  /// Moves the end of a token, or of its data access, to an instant.
  @PUT
  @Path("{label}")
  public TokenInfo move(@RestPath String label, Ends ends) {
    if (ends == null) {
      throw new IllegalArgumentException("expiresAt and dataAccessExpiresAt are instants");
    }
    tokens.move(known(label).label(), ends.expiresAt(), ends.dataAccessExpiresAt());
    return TokenInfo.of(known(label), clock.instant());
  }

  /// Ends one token as `/oauth/revoke` does: 466.
  @POST
  @Path("{label}/revoke")
  @Consumes(MediaType.WILDCARD)
  public void revoke(@RestPath String label) {
    tokens.revoke(known(label));
  }

  private IssuedToken known(String label) {
    return tokens.labelled(label).orElseThrow(NotFoundException::new);
  }

  /// Body of `PUT /twin/tokens/{label}`: what is left out stays as it is.
  public record Ends(Instant expiresAt, Instant dataAccessExpiresAt) {}
}
