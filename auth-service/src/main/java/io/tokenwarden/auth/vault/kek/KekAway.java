package io.tokenwarden.auth.vault.kek;

import io.tokenwarden.service.Problems;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers what needs the operator's key while it is away: 503 with `Retry-After`.
class KekAway {
  private static final int BEFORE_ALL_OTHERS = 1;
  private static final Duration SOON = Duration.ofSeconds(5);

  @ServerExceptionMapper(priority = BEFORE_ALL_OTHERS)
  Response refused(KekUnavailableException failure) {
    return Problems.unavailable(
            "VAULT_KEY_UNAVAILABLE", "The vault's key cannot be reached now; ask again", SOON)
        .toResponse();
  }
}
