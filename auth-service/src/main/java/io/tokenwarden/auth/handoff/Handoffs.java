package io.tokenwarden.auth.handoff;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// The handoffs under way. Each step takes its secret once: two browsers with the same ticket, or
/// two callbacks with the same state or the same code, cannot both pass. What is refused changes
/// nothing.
@ApplicationScoped
public class Handoffs implements PanacheRepositoryBase<Handoff, UUID> {
  private static final Logger LOG = Logger.getLogger(Handoffs.class);

  /// How long one that is over is remembered: whoever comes late is told apart from whoever
  /// guesses, and a code cannot come back while Meta would take it.
  private static final Duration MEMORY = Duration.ofDays(2);

  private final HandoffConfig config;
  private final TransactionLock lock;
  private final Clock clock;

  @Inject
  Handoffs(HandoffConfig config, TransactionLock lock, Clock clock) {
    if (config.reconnectLinkTtl().compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalStateException("AUTH_RECONNECT_LINK_TTL is at most 24 hours");
    }
    this.config = config;
    this.lock = lock;
    this.clock = clock;
  }

  /// What came of taking a secret.
  sealed interface Step {
    record Taken(Handoff handoff) implements Step {}

    /// @param handoff null if the secret is of none
    record Refused(Rejection why, Handoff handoff) implements Step {}
  }

  /// A ticket, which is shown once.
  record Ticket(OneTimeSecret secret, Instant expiresAt) {}

  /// Within a transaction.
  Uni<Ticket> open(Errand errand) {
    var ticket = OneTimeSecret.random();
    var expiresAt =
        clock.instant().plus(errand.link() ? config.reconnectLinkTtl() : config.handoffTtl());
    return persist(Handoff.to(errand, newId(), ticket, expiresAt))
        .replaceWith(new Ticket(ticket, expiresAt));
  }

  private static UUID newId() {
    return Generators.timeBasedEpochGenerator().generate();
  }

  /// Takes the ticket and remembers the secrets of this run.
  @WithTransaction
  Uni<Step> start(OneTimeSecret ticket, OneTimeSecret state, OneTimeSecret browser) {
    var now = clock.instant();
    return locked("ticketHash", ticket)
        .map(found -> step(found, Rejection.TICKET_UNKNOWN, handoff -> handoff.cannotStart(now)))
        .invoke(step -> {
          if (step instanceof Step.Taken(var handoff)) {
            handoff.start(state, browser, now, config.handoffTtl());
          }
        });
  }

  /// Takes the state, if it comes back in the browser it was given to, with a code that never came.
  ///
  /// @param browser empty if the browser brought no cookie
  /// @param code empty if the person comes back without one
  @WithTransaction
  Uni<Step> finish(OneTimeSecret state, Optional<OneTimeSecret> browser, Optional<Code> code) {
    var now = clock.instant();
    return oneAtATime(code)
        .chain(() -> locked("stateHash", state))
        .map(found ->
            step(found, Rejection.STATE_UNKNOWN, handoff -> handoff.cannotFinish(browser, now)))
        .chain(step -> unlessCodeIsUsed(step, code))
        .invoke(step -> {
          if (step instanceof Step.Taken(var handoff)) {
            handoff.use(code, now);
          }
        });
  }

  private Uni<Void> oneAtATime(Optional<Code> code) {
    return code.map(came -> lock.take("code/" + HexFormat.of().formatHex(came.hash())))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Step> unlessCodeIsUsed(Step step, Optional<Code> code) {
    return step instanceof Step.Taken(var handoff) && code.isPresent()
        ? count("codeHash", code.get().hash())
            .map(times -> times == 0 ? step : new Step.Refused(Rejection.CODE_USED, handoff))
        : Uni.createFrom().item(step);
  }

  /// Begins anew for the person whom a reconnect was not meant for, in the same browser.
  @WithTransaction
  Uni<Step> goOn(OneTimeSecret known, OneTimeSecret state, OneTimeSecret browser) {
    var now = clock.instant();
    return locked("browserHash", known)
        .map(found -> step(found, Rejection.NOTHING_OFFERED, handoff -> handoff.cannotGoOn(now)))
        .chain(step ->
            step instanceof Step.Taken(var handoff)
                ? goOn(handoff, state, browser, now)
                : Uni.createFrom().item(step));
  }

  private Uni<Step> goOn(Handoff handoff, OneTimeSecret state, OneTimeSecret browser, Instant now) {
    handoff.end(Ending.WENT_ON);
    var next = Handoff.to(handoff.anew(), newId(), OneTimeSecret.random(), now);
    next.start(state, browser, now, config.handoffTtl());
    return persist(next).map(Step.Taken::new);
  }

  /// Writes down how a handoff ended.
  @WithTransaction
  Uni<Void> end(Handoff handoff, Outcome outcome) {
    return update("ending = ?1 where id = ?2", Ending.of(outcome), handoff.id()).replaceWithVoid();
  }

  /// Whom a handoff was meant for is forgotten; one that is still open is for nobody any more.
  /// Within a transaction.
  public Uni<Void> forgetPerson(String appId, String metaUserId) {
    return update("metaUserId = null where appId = ?1 and metaUserId = ?2", appId, metaUserId)
        .replaceWithVoid();
  }

  private static Step step(
      Optional<Handoff> found, Rejection unknown, Function<Handoff, Optional<Rejection>> obstacle) {
    return found
        .map(handoff ->
            obstacle
                .apply(handoff)
                .<Step>map(why -> new Step.Refused(why, handoff))
                .orElseGet(() -> new Step.Taken(handoff)))
        .orElseGet(() -> new Step.Refused(unknown, null));
  }

  private Uni<Optional<Handoff>> locked(String column, OneTimeSecret secret) {
    return find(column, secret.hash())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult()
        .map(Optional::ofNullable);
  }

  Duration timeToLive() {
    return config.handoffTtl();
  }

  /// Those that were abandoned end by themselves; after a while all are forgotten.
  @Scheduled(
      every = "1h",
      delayed = "5m",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  @WithTransaction
  Uni<Void> forget() {
    return delete("expiresAt < ?1", clock.instant().minus(MEMORY))
        .invoke(rows -> LOG.debugf("Forgot %d handoffs that are over", rows))
        .replaceWithVoid();
  }
}
