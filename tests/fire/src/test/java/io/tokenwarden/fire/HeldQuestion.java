package io.tokenwarden.fire;

import static org.awaitility.Awaitility.await;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.fleet.HeldLock;
import io.tokenwarden.testsupport.fleet.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A question whether a token lives, which one replica of auth-service has taken up and cannot ask
/// yet: its link to Meta holds it up.
final class HeldQuestion {
  private static final Duration SOON = Duration.ofSeconds(30);

  /// The session of the replica that has the lease, as its server sees it.
  private static final String ASKING =
      """
      select client_port from auth.question
      join pg_locks on locktype = 'advisory' and objsubid = 2 and granted
        and objid = cast(leased_by as oid) and classid = 1818583411
      join pg_stat_activity using (pid)
      where connection_id = ? and answered_at is null
      """;

  private final Replica asking;

  private HeldQuestion(Replica asking) {
    this.asking = asking;
  }

  /// Opened by evidence about the story's token.
  static HeldQuestion about(Story story) {
    var replicas = story.fleet().replicas(Service.AUTH_SERVICE);
    replicas.forEach(replica -> replica.toMeta().inflict(HeldRefresh.STANDSTILL));
    Suspicions.of(story).raise(1);
    var asking =
        await()
            .atMost(SOON)
            .until(() -> asking(story, replicas), Optional::isPresent)
            .orElseThrow();
    replicas.stream()
        .filter(replica -> replica != asking)
        .forEach(replica -> replica.toMeta().heal());
    return new HeldQuestion(asking);
  }

  private static Optional<Replica> asking(Story story, List<Replica> replicas) {
    return story.fleet().database().rows(ASKING, story.connection()).stream()
        .map(row -> (Integer) row.get("client_port"))
        .flatMap(port ->
            replicas.stream()
                .filter(replica -> replica.toPostgres().portsAtServer().contains(port)))
        .findFirst();
  }

  /// Who is not at it.
  Replica other(List<Replica> replicas) {
    return replicas.stream().filter(replica -> replica != asking).findFirst().orElseThrow();
  }

  /// Is asked and answered, and waits where the verdict is to be written down.
  void comesTo(HeldLock lock) {
    goesOn();
    lock.awaitWaiter(asking);
  }

  void goesOn() {
    asking.toMeta().heal();
  }
}
