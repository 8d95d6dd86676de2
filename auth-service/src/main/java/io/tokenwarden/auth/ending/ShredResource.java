package io.tokenwarden.auth.ending;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.ending.Shredding.Shredded;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/// Shreds a workspace, for whoever operates the vault for all of them.
@Path("/auth/keys")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SECURITY_ADMIN)
class ShredResource {
  private final Shredding shredding;
  private final Caller caller;

  @Inject
  ShredResource(Shredding shredding, Caller caller) {
    this.shredding = shredding;
    this.caller = caller;
  }

  record Doomed(String workspaceId) {}

  /// Cannot be undone. Answers 200 with what was done, also if there was nothing left to do; 404 if
  /// there is no such workspace.
  @POST
  @Path("/shred")
  public Uni<Shredded> shred(Doomed doomed) {
    caller.mustSeeAll();
    if (doomed == null || doomed.workspaceId() == null) {
      throw Problems.badRequest("Say which workspace: {\"workspaceId\": …}");
    }
    return shredding.shred(caller.mustSee(doomed.workspaceId()), caller.subject());
  }
}
