package io.tokenwarden.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final ConnectionId connection = new ConnectionId(UUID.randomUUID());
  private final SlowAuth auth = new SlowAuth();
  private final Leases leases = new Leases(auth, Clock.fixed(NOW, ZoneOffset.UTC));

  /// Answers when the test says so.
  private static final class SlowAuth implements AuthService {
    private final List<UniEmitter<? super CredentialLease>> asked = new ArrayList<>();

    @Override
    public Uni<CredentialLease> credential(String connectionId) {
      return Uni.createFrom().emitter(asked::add);
    }
  }

  @Test
  void allWhoComeWhileANewerOneIsLookedForGetIt() {
    // given
    var first = leases.newerThan(connection, 1);
    var second = leases.newerThan(connection, 1);

    // when
    auth.asked.getFirst().complete(ofGeneration(2));

    // then
    assertThat(auth.asked).as("questions to auth-service").hasSize(1);
    assertThat(first.result()).map(CredentialLease::generation).contains(2L);
    assertThat(second.result()).map(CredentialLease::generation).contains(2L);
  }

  @Test
  void whoeverComesWithinASecondAfterTheAnswerGetsItWithoutAnotherQuestion() {
    // given
    leases.newerThan(connection, 1);
    auth.asked.getFirst().complete(ofGeneration(1));

    // when
    var next = leases.newerThan(connection, 1);

    // then
    assertThat(auth.asked).hasSize(1);
    assertThat(next.result()).isEmpty();
  }

  private CredentialLease ofGeneration(long generation) {
    return new CredentialLease(
        connection,
        WorkspaceId.of("demo"),
        "1",
        "2",
        TokenType.USER,
        generation,
        generation,
        AccessToken.of("token-" + generation),
        null,
        null,
        NOW.plusSeconds(60));
  }
}
