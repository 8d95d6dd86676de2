package io.tokenwarden.gateway.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.gateway.audit.AttemptTally.Sum;
import io.tokenwarden.gateway.audit.AuthAudit.Refused;
import io.tokenwarden.gateway.audit.AuthAudit.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// What callers tried that they may not do, on its way into the audit log: within a second or two
/// for the first of a kind. While auth-service is away it is kept, counted together; a replica that
/// is killed takes with it what it had not told. An answer that is lost lets it be told twice.
@ApplicationScoped
public class Attempts {

  private static final Logger LOG = Logger.getLogger(Attempts.class);

  private static final int KEPT_APART = 10_000;
  private static final int AT_ONCE = 100;
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration LAST_CHANCE = Duration.ofSeconds(2);

  private final AuthAudit audit;
  private final Clock clock;
  private final AttemptTally tally = new AttemptTally(KEPT_APART, PAUSE);
  private final AtomicBoolean failing = new AtomicBoolean();

  @Inject
  Attempts(@RestClient AuthAudit audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /// Returns at once.
  public void note(Attempt attempt) {
    tally.add(attempt, clock.instant());
  }

  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> tell() {
    List<Sum> due = tally.due(clock.instant(), AT_ONCE);
    return due.isEmpty()
        ? Uni.createFrom().voidItem()
        : audit
            .tell(new Report(due.stream().map(Refused::of).toList()))
            .invoke(() -> told(due))
            .onFailure()
            .invoke(this::notTold)
            .onFailure()
            .recoverWithNull();
  }

  private void told(List<Sum> sums) {
    tally.told(sums, clock.instant());
    failing.set(false);
  }

  /// Once, until it succeeds again.
  private void notTold(Throwable failure) {
    if (failing.compareAndSet(false, true)) {
      LOG.warnf("auth-service is not told of refusals: %s", failure.getClass().getName());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    tell().ifNoItem().after(LAST_CHANCE).recoverWithItem((Void) null).await().indefinitely();
  }
}
