package io.tokenwarden.auth.restore;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/// To be asked once after the database was restored, or Kafka was emptied.
@Path("/auth/restored")
@RolesAllowed(Roles.SECURITY_ADMIN)
class RestoreResource {
  private final RestoreRuns runs;
  private final Caller caller;

  @Inject
  RestoreResource(RestoreRuns runs, Caller caller) {
    this.runs = runs;
    this.caller = caller;
  }

  /// Begins and answers how it stands; 409 `RESTORE_UNDER_WAY` if it is under way.
  @POST
  public Uni<RestoreView> begin() {
    caller.mustSeeAll();
    return runs.begin(caller.subject());
  }

  /// The last one, or the one under way.
  @GET
  public Uni<RestoreView> last() {
    caller.mustSeeAll();
    return runs.last();
  }
}
