package io.tokenwarden.auth.handle;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// Where graph-gateway, and nobody else, tells for the audit log what it refused.
@Path("/auth/internal/audit")
@Consumes(MediaType.APPLICATION_JSON)
class RefusedCallsResource {
  private static final int MOST = 100;

  private final RefusedCalls calls;

  @Inject
  RefusedCallsResource(RefusedCalls calls) {
    this.calls = calls;
  }

  /// @param refusals at most 100
  record Report(List<RefusedCall> refusals) {
    boolean isPlausible() {
      return refusals != null
          && refusals.size() <= MOST
          && refusals.stream().allMatch(each -> each != null && each.isPlausible());
    }
  }

  @POST
  @RolesAllowed(Roles.GATEWAY)
  public Uni<Void> tell(Report report) {
    if (report == null || !report.isPlausible()) {
      throw Problems.badRequest("Say up to 100 refusals: {\"refusals\": [{\"what\": …}]}");
    }
    return calls.add(report.refusals());
  }
}
