package io.tokenwarden.fire;

import static io.tokenwarden.contracts.Service.AUTH_SERVICE;
import static io.tokenwarden.contracts.Service.GRAPH_GATEWAY;
import static io.tokenwarden.contracts.Service.SYNC_WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.HeldLock;
import io.tokenwarden.testsupport.link.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The harness itself: what it does to processes, links and rows is felt by the product, and is
/// over when it is healed.
@ExtendWith(KeepsTheLogs.class)
class FleetIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Fleet fleet = Fleet.shared();
  private final Client client = new Client(fleet);

  @AfterEach
  void heal() {
    fleet.heal();
  }

  @Test
  void commitsToDisk() {
    assertThat(fleet.database().rows("show fsync").getFirst()).containsEntry("fsync", "on");
  }

  @Test
  void playsTheStoryThroughLinksAlone() {
    // given
    var person = fleet.twin().person("Linked", 1, 1);

    // when
    client.connect(person);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    fleet
                        .database()
                        .count(
                            "select count(*) from sync.coverage where ad_account_id = ?",
                            person.adAccounts().getFirst()))
                .isEqualTo(14));

    // then
    assertThat(fleet.toKafka().accepted()).isPositive();
    for (var replica : fleet.replicas()) {
      assertThat(replica.toPostgres().open()).as("%s", replica).isPositive();
    }
    assertThat(fleet.replica(AUTH_SERVICE).toMeta().accepted()).isPositive();
    assertThat(fleet.replica(GRAPH_GATEWAY).toMeta().accepted()).isPositive();
    assertThat(fleet.replica(GRAPH_GATEWAY).toAuthService().accepted()).isPositive();
    assertThat(fleet.replica(SYNC_WORKER).toGraphGateway().accepted()).isPositive();
    assertThat(fleet.replica(SYNC_WORKER).metric("tokenwarden_sync_runs_seconds_count"))
        .isPositive();
  }

  @Test
  void killsEverythingAndHealsIt() {
    // given
    var before = fleet.replica(AUTH_SERVICE).pid();
    fleet.replicas().forEach(replica -> replica.kill());
    fleet.kafka().kill();
    fleet.postgres().kill();

    // when
    fleet.heal();

    // then
    assertThat(fleet.replicas()).allMatch(replica -> replica.isReady());
    assertThat(fleet.replica(AUTH_SERVICE).pid()).isNotEqualTo(before);
    assertThat(client.connect(fleet.twin().person("Risen", 1, 1))).isNotBlank();
  }

  @Test
  void showsWhoWaitsForALock() {
    // given
    var auth = fleet.replica(AUTH_SERVICE);

    try (var lock =
        HeldLock.by(fleet.database(), "lock table auth.handoff in access exclusive mode")) {
      // when
      var impatient = new Client(fleet, Duration.ofSeconds(1));
      assertThatThrownBy(() -> impatient.connect(fleet.twin().person("Locked out", 1, 1)))
          .hasMessageContaining("/auth/handoffs");

      // then
      lock.awaitWaiter(auth, "handoff");
    }
  }

  @Test
  void freezesAndRefuses() {
    // given
    var auth = fleet.replica(AUTH_SERVICE);
    var impatient = new Client(fleet, Duration.ofSeconds(1));

    // when
    auth.freeze();

    // then
    assertThatThrownBy(() -> impatient.get("auth-service", "/auth/connections?workspace=demo"))
        .hasMessageContaining("/auth/connections");

    // when
    auth.thaw();

    // then
    assertThat(client.get("auth-service", "/auth/connections?workspace=demo").statusCode())
        .isEqualTo(200);

    // when
    fleet.door(AUTH_SERVICE).inflict(Fault.refuse());

    // then
    assertThatThrownBy(() -> new Client(fleet, Duration.ofSeconds(1)).get("auth-service", "/"))
        .hasMessageContaining("/");
  }
}
