package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InboxIT {
  @Inject Inbox inbox;
  @Inject InboxConfig config;
  @Inject Clock clock;

  @Test
  void forgetsOnlyWhatIsOlderThanTheRetention() throws Throwable {
    // given
    var older = receivedBefore(config.retention().plusSeconds(1));
    var younger = receivedBefore(config.retention().minusSeconds(1));

    // when
    VertxContextSupport.subscribeAndAwait(inbox::forget);

    // then
    assertThat(TestDatabase.column("select event_id from notifier.inbox", UUID.class))
        .contains(younger)
        .doesNotContain(older);
  }

  private UUID receivedBefore(Duration age) {
    var id = UUID.randomUUID();
    TestDatabase.execute(
        "insert into notifier.inbox values (?, ?)",
        id,
        clock.instant().minus(age).atOffset(ZoneOffset.UTC));
    return id;
  }
}
