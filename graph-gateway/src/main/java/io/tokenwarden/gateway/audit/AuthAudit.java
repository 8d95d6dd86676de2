package io.tokenwarden.gateway.audit;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Where auth-service is told for its audit log.
@RegisterRestClient(configKey = "auth-service")
@OidcClientFilter
@Path("/auth/internal/audit")
interface AuthAudit {

  /// @param times how often since the last time it was told
  record Refused(
      String what,
      UUID handleId,
      String subject,
      String connectionId,
      int times,
      Instant since,
      Instant until) {

    static Refused of(AttemptTally.Sum sum) {
      Attempt attempt = sum.attempt();
      return new Refused(
          attempt.what().name(),
          attempt.handleId(),
          attempt.subject(),
          attempt.connectionId() == null ? null : attempt.connectionId().toString(),
          sum.times(),
          sum.since(),
          sum.until());
    }
  }

  record Report(List<Refused> refusals) {}

  @POST
  Uni<Void> tell(Report report);
}
