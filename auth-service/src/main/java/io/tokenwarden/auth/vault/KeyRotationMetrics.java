package io.tokenwarden.auth.vault;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// How far the rotation under way is, as `tokenwarden_keys_rotation_workspaces` by state: `done`,
/// `waiting`, `failing`. All 0 while there is none. Every replica tells the same.
@ApplicationScoped
class KeyRotationMetrics {
  private static final String STATES =
      """
      select count(work.done_at),
        count(*) filter (where work.done_at is null and work.failures = 0),
        count(*) filter (where work.done_at is null and work.failures > 0)
      from key_rotation_work work join key_rotation rotation on rotation.id = work.rotation_id
      where rotation.finished_at is null
      """;

  private volatile long done;
  private volatile long waiting;
  private volatile long failing;

  @Inject
  KeyRotationMetrics(MeterRegistry metrics) {
    gauge(metrics, "done", it -> it.done);
    gauge(metrics, "waiting", it -> it.waiting);
    gauge(metrics, "failing", it -> it.failing);
  }

  private interface Value {
    double of(KeyRotationMetrics current);
  }

  private void gauge(MeterRegistry metrics, String state, Value value) {
    Gauge.builder("tokenwarden.keys.rotation.workspaces", this, value::of)
        .tag("state", state)
        .register(metrics);
  }

  @Scheduled(
      every = "5s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> look() {
    return Panache.withSession(() ->
            Panache.getSession()
                .chain(
                    session -> session.createNativeQuery(STATES, Object[].class).getSingleResult()))
        .invoke(this::remember)
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull();
  }

  private void remember(Object[] row) {
    done = ((Number) row[0]).longValue();
    waiting = ((Number) row[1]).longValue();
    failing = ((Number) row[2]).longValue();
  }
}
