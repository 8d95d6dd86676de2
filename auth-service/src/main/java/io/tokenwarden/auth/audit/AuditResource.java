package io.tokenwarden.auth.audit;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Page;
import io.tokenwarden.service.PageLimit;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestQuery;

/// The audit log, and whether it is what was written.
@Path("/auth/audit")
@RolesAllowed(Roles.SECURITY_ADMIN)
class AuditResource {
  private static final int USUAL_LIMIT = 100;
  private static final int LARGEST_LIMIT = 1_000;
  private static final int STRETCH = 10_000;

  private final AuditRecords records;
  private final Verifier verifier;
  private final Caller caller;

  @Inject
  AuditResource(AuditRecords records, Verifier verifier, Caller caller) {
    this.records = records;
    this.verifier = verifier;
    this.caller = caller;
  }

  /// The newest entries first; `next` leads to the older ones.
  ///
  /// @param workspace `*` for the entries of all workspaces and of none, if the caller sees all
  /// @param from the first moment, such as `2026-11-21T00:00:00Z`
  /// @param to the first moment that is not wanted any more
  /// @param action one action, such as `credential.leased`
  /// @param after `next` of the page before
  @GET
  @NoCache
  public Uni<Page<AuditRecord>> list(
      @RestQuery String workspace,
      @RestQuery String from,
      @RestQuery String to,
      @RestQuery String action,
      @RestQuery String connection,
      @RestQuery String after,
      @RestQuery String limit) {
    var query = AuditQuery.of(caller.mustSee(workspace), from, to, action, connection, after);
    int size = PageLimit.of(limit, USUAL_LIMIT, LARGEST_LIMIT);
    return records
        .find(query, size)
        .map(found ->
            new Page<>(found, found.size() < size ? null : Long.toString(found.getLast().id())));
  }

  /// Verifies a stretch of the chain, which spans all workspaces: only who sees them all may ask.
  ///
  /// @param after where to begin, `POSITION:HASH`: `next` of the call before, or a place that was
  ///   noted down; omitted, the start of the log
  @GET
  @Path("/verification")
  @NoCache
  public Uni<Verification> verify(@RestQuery String after) {
    caller.mustSeeAll();
    return verifier.verify(place(after), STRETCH);
  }

  private static Link place(String text) {
    try {
      return text == null ? Link.START : Link.parse(text);
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(e.getMessage());
    }
  }
}
