package io.tokenwarden.gateway.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.audit.Overreach;
import io.tokenwarden.gateway.call.Admission.Admitted;
import io.tokenwarden.gateway.call.Admission.Refused;
import io.tokenwarden.gateway.call.Asker.HoldsHandle;
import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.call.MetaAnswer.Crowded;
import io.tokenwarden.gateway.call.MetaAnswer.Silent;
import io.tokenwarden.gateway.call.MetaAnswer.Withheld;
import io.tokenwarden.gateway.call.MeteredMeta.Ask;
import io.tokenwarden.gateway.call.ObjectOwners.Ownership.BelongsTo;
import io.tokenwarden.gateway.call.ObjectOwners.Ownership.Failed;
import io.tokenwarden.gateway.call.ObjectOwners.Ownership.Unanswered;
import io.tokenwarden.gateway.call.ObjectOwners.Ownership.Unasked;
import io.tokenwarden.gateway.call.ObjectOwners.Ownership.Unproven;
import io.tokenwarden.gateway.connection.Evidence;
import io.tokenwarden.gateway.connection.FailedCall;
import io.tokenwarden.gateway.connection.Suspicions;
import io.tokenwarden.gateway.credential.LeaseAnswer;
import io.tokenwarden.gateway.credential.LeaseAnswer.Granted;
import io.tokenwarden.gateway.credential.Leases;
import io.tokenwarden.gateway.handle.Reach;
import io.tokenwarden.gateway.handle.Reach.Everything;
import io.tokenwarden.gateway.handle.Reach.Judgement.Beyond;
import io.tokenwarden.gateway.handle.Reach.Judgement.IfBelong;
import io.tokenwarden.gateway.handle.Reach.Judgement.Within;
import io.tokenwarden.gateway.quota.Lane;
import io.tokenwarden.gateway.quota.Leave.Held;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.PresentedHandle;
import io.tokenwarden.gateway.retry.RetryBudget;
import io.tokenwarden.gateway.version.Versions;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Meaning;
import io.tokenwarden.graph.Remedy;
import io.tokenwarden.graph.Suspicion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/// One call of a caller, from its admission to its answer.
///
/// ```
///   admit ──▶ ask Meta ──▶ understand ──┬─ fine, or nothing to be done ──▶ deliver
///     ▲           ▲                     ├─ may pass, nothing forbids ──▶ wait ──▶ ask again (twice at most)
///     │           │                     ├─ something else is suspected ──▶ deliver, and evidence beside it
///     │           └── once, if renewed ─┴─ the token is in doubt ──▶ evidence ──▶ deliver
/// ```
///
/// A caller whose handle names assets is let through to these alone; whose the object is that it
/// asks for, Meta is asked first.
///
/// Of this, a write has less: it goes out if the connection may write at that moment, once, and
/// what came of it is told. Nothing of it is repeated, and nothing kept.
///
/// Everything runs on the event loop the caller came in on.
final class GraphCall {

  private static final int REPETITIONS = 2;
  private static final String RETRIES = "tokenwarden.gateway.retries";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration RETRY_SOON = Duration.ofSeconds(5);

  /// What a call needs beside itself.
  record Parts(
      Admissions admissions,
      ObjectOwners owners,
      Meta meta,
      MeteredMeta metered,
      Leases leases,
      Evidence evidence,
      Suspicions suspicions,
      ReportRuns reports,
      Answers answers,
      RetryBudget retries,
      Versions versions,
      MeterRegistry metrics,
      Vertx vertx,
      Clock clock) {}

  private final Parts parts;
  private final Loop loop;
  private final HttpServerRequest caller;
  private final Asker asker;
  private final ConnectionId connection;
  private GraphRequest request;
  private final Lane lane;
  private final Deadline deadline;
  private int repetitions;
  private boolean renewed;
  private boolean roomy;

  GraphCall(
      Parts parts,
      Loop loop,
      HttpServerRequest caller,
      Asker asker,
      ConnectionId connection,
      GraphRequest request,
      Lane lane,
      Deadline deadline) {
    this.parts = parts;
    this.loop = loop;
    this.caller = caller;
    this.asker = asker;
    this.connection = connection;
    this.request = request;
    this.lane = lane;
    this.deadline = deadline;
  }

  /// Completes with what was answered, once it was.
  Future<Outcome> run() {
    roomy = request.isBatch() && parts.meta().takeRoom();
    parts.retries().called();
    return admitted().onComplete(_ -> leaveRoom());
  }

  private void leaveRoom() {
    if (roomy) {
      parts.meta().leaveRoom();
    }
  }

  private Future<Outcome> admitted() {
    return here(parts.admissions().admit(connection, request))
        .compose(admission ->
            switch (admission) {
              case Admitted admitted -> askInItsVersion(admitted);
              case Refused(var refusal, var generation) -> refuse(refusal, generation);
            });
  }

  private Future<Outcome> askInItsVersion(Admitted admitted) {
    request = request.inVersion(parts.versions().pin(admitted.lease()));
    return askWithinReach(admitted);
  }

  // ---- what the caller may reach

  private Future<Outcome> askWithinReach(Admitted admitted) {
    return switch (reach().judge(request)) {
      case Within() -> ask(admitted);
      case Beyond(var why) ->
          refuse(Refusal.forbidden(Overreach.BEYOND_REACH, why), admitted.lease().generation());
      case IfBelong(var objects, var assets) ->
          askIfTheyBelong(admitted, List.copyOf(objects), assets);
    };
  }

  private Reach reach() {
    return asker instanceof HoldsHandle(_, var grant) ? Reach.of(grant) : new Everything();
  }

  /// One after the other: they are few, and mostly known.
  private Future<Outcome> askIfTheyBelong(
      Admitted admitted, List<String> objects, Set<String> assets) {
    return objects.isEmpty()
        ? ask(admitted)
        : askIfItBelongs(admitted, objects.getFirst(), assets, objects.subList(1, objects.size()));
  }

  private Future<Outcome> askIfItBelongs(
      Admitted admitted, String object, Set<String> assets, List<String> others) {
    return here(parts.owners().of(object, request.version(), admitted.lease(), lane, deadline))
        .compose(ownership ->
            switch (ownership) {
              case BelongsTo(var account) when assets.contains(account) ->
                  askIfTheyBelong(admitted, others, assets);
              case BelongsTo _, Unproven _ -> beyond(admitted);
              case Failed(var answer) -> notFoundOut(admitted, answer);
              case Unanswered(var why) -> silence(why, admitted);
              case Unasked(var refusal) -> refuse(refusal, admitted.lease().generation());
            });
  }

  private Future<Outcome> beyond(Admitted admitted) {
    return refuse(
        Refusal.forbidden(Overreach.BEYOND_REACH, Reach.BEYOND), admitted.lease().generation());
  }

  /// What is wrong with the credential is the caller's business; what Meta says of an object that
  /// may be another's is not.
  private Future<Outcome> notFoundOut(Admitted admitted, Answered answer) {
    Meaning meaning = answer.failure().orElseThrow().meaning();
    return switch (meaning.suspicion()) {
      case TOKEN, APP, BLOCK -> understand(admitted, answer);
      case PERMISSIONS, ASSET, NONE -> {
        answer.discard();
        yield meaning.worthRepeating() || meaning.category() == ErrorCategory.RATE_LIMITED
            ? notSaid(admitted)
            : beyond(admitted);
      }
    };
  }

  private Future<Outcome> notSaid(Admitted admitted) {
    Refusal refusal =
        parts
            .metered()
            .held(request, admitted.lease())
            .map(Refusal::held)
            .orElseGet(() -> Refusal.transientFault("Meta does not say whose this is", RETRY_SOON));
    return refuse(refusal, admitted.lease().generation());
  }

  // ---- asking

  private Future<Outcome> ask(Admitted admitted) {
    return parts
        .admissions()
        .forbidsWriting(connection, request)
        .map(refusal -> refuse(refusal, admitted.lease().generation()))
        .orElseGet(() -> send(admitted));
  }

  private Future<Outcome> send(Admitted admitted) {
    return here(parts
            .metered()
            .send(
                new Ask(
                    request,
                    caller.headers(),
                    admitted.lease(),
                    lane,
                    deadline,
                    roomy,
                    () -> parts.admissions().forbidsWriting(connection, request))))
        .compose(answer ->
            switch (answer) {
              case Crowded _ -> silence("Too many calls wait for Meta", admitted);
              case Withheld(var refusal) -> refuse(refusal, admitted.lease().generation());
              case Silent(var why) when !request.isRead() ->
                  refuse(Refusal.unknownOutcome(why), admitted.lease().generation());
              case Silent(var why) -> again(admitted).orElseGet(() -> silence(why, admitted));
              case Answered answered -> understand(admitted, answered);
            });
  }

  private Future<Outcome> understand(Admitted admitted, Answered answer) {
    if (request.isBatch() && answer.tellsOfItems()) {
      return understand(admitted, answer, ItemFailures.of(answer, request));
    }
    parts.reports().learn(request, answer);
    return answer
        .failure()
        .map(error -> understand(admitted, answer, error))
        .orElseGet(() -> deliver(admitted, answer, Optional.empty()));
  }

  private Future<Outcome> understand(Admitted admitted, Answered answer, GraphError error) {
    Meaning meaning = parts.reports().meaning(request, error);
    return switch (meaning.suspicion()) {
      case TOKEN -> doubt(admitted, answer, error);
      case PERMISSIONS, ASSET, APP, BLOCK -> {
        parts.suspicions().raise(failed(admitted, error));
        yield deliver(admitted, answer, Optional.of(meaning));
      }
      case NONE -> againIfItMayPass(admitted, answer, meaning);
    };
  }

  private FailedCall failed(Admitted admitted, GraphError error) {
    return failed(admitted, request, error);
  }

  private static FailedCall failed(Admitted admitted, GraphRequest what, GraphError error) {
    return new FailedCall(
        admitted.lease().token(), admitted.revision(), what.path(), what.assetId(), error);
  }

  // ---- batches

  /// What items give reason to ask is evidence like that of single calls. None is repeated by
  /// itself.
  private Future<Outcome> understand(Admitted admitted, Answered answer, ItemFailures items) {
    items.failures().forEach((item, error) -> raise(admitted, item, error));
    return items
        .first(Suspicion.TOKEN)
        .map(item -> doubt(admitted, answer, item, items))
        .orElseGet(() -> deliver(admitted, answer, items));
  }

  private void raise(Admitted admitted, int item, GraphError error) {
    switch (meaning(item, error).suspicion()) {
      case PERMISSIONS, ASSET, APP, BLOCK ->
          parts.suspicions().raise(failed(admitted, request.items().get(item).request(), error));
      case TOKEN, NONE -> {}
    }
  }

  private Meaning meaning(int item, GraphError error) {
    return parts.reports().meaning(request.items().get(item).request(), error);
  }

  // ---- what may pass

  private Future<Outcome> againIfItMayPass(Admitted admitted, Answered answer, Meaning meaning) {
    Optional<Future<Outcome>> repeated =
        meaning.worthRepeating() ? again(admitted, answer) : Optional.empty();
    return repeated.orElseGet(() -> deliver(admitted, answer, Optional.of(meaning)));
  }

  private Optional<Future<Outcome>> again(Admitted admitted, Answered failed) {
    Optional<Future<Outcome>> repeated = again(admitted);
    if (repeated.isPresent()) {
      failed.discard();
    }
    return repeated;
  }

  /// Empty if it is not asked again; [Repetition] says why.
  private Optional<Future<Outcome>> again(Admitted admitted) {
    if (!request.mayBeRepeated()) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (2 * repetitions)).plus(jitter());
    Repetition repetition = repetition(admitted, pause);
    parts.metrics().counter(RETRIES, "outcome", repetition.code()).increment();
    return repetition == Repetition.REPEATED
        ? Optional.of(askAfter(pause, admitted))
        : Optional.empty();
  }

  private Repetition repetition(Admitted admitted, Duration pause) {
    if (repetitions == REPETITIONS) {
      return Repetition.USED_UP;
    }
    if (deadline.left(parts.clock()).compareTo(pause) <= 0) {
      return Repetition.NO_TIME;
    }
    if (parts.metered().held(request, admitted.lease()).isPresent()) {
      return Repetition.HELD;
    }
    return parts.retries().take() ? Repetition.REPEATED : Repetition.OVER_BUDGET;
  }

  private Future<Outcome> askAfter(Duration pause, Admitted admitted) {
    repetitions++;
    Promise<Outcome> outcome = Promise.promise();
    parts.vertx().setTimer(pause.toMillis(), _ -> ask(admitted).onComplete(outcome));
    return outcome.future();
  }

  private static Duration jitter() {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(FIRST_PAUSE.toMillis()));
  }

  // ---- the token is in doubt

  /// If the connection has a later generation by now, nobody needs to be alarmed: a read is
  /// repeated with it, once.
  private Future<Outcome> doubt(Admitted admitted, Answered answer, GraphError error) {
    return doubt(
        admitted,
        failed(admitted, error),
        newer -> repeatWith(newer, answer),
        () -> deliver(admitted, answer, Optional.of(error.meaning())));
  }

  /// Some of it may have been written before the token died.
  private Future<Outcome> doubt(Admitted admitted, Answered answer, int item, ItemFailures items) {
    return doubt(
        admitted,
        failed(admitted, request.items().get(item).request(), items.failures().get(item)),
        newer -> request.isRead() ? repeatWith(newer, answer) : deliver(admitted, answer, items),
        () -> deliver(admitted, answer, items));
  }

  private Future<Outcome> doubt(
      Admitted admitted,
      FailedCall failed,
      Function<Admitted, Future<Outcome>> renewed,
      Supplier<Future<Outcome>> otherwise) {
    return here(parts.leases().replace(connection, admitted.lease()))
        .compose(current ->
            later(admitted, current).map(renewed).orElseGet(() -> alarm(failed, otherwise)));
  }

  private Optional<Admitted> later(Admitted used, LeaseAnswer current) {
    return !renewed
            && current instanceof Granted(var lease)
            && lease.generation() > used.lease().generation()
        ? Optional.of(new Admitted(lease, lease.revision()))
        : Optional.empty();
  }

  private Future<Outcome> repeatWith(Admitted newer, Answered failed) {
    renewed = true;
    failed.discard();
    return request.isRead()
        ? ask(newer)
        : refuse(
            Refusal.transientFault("The token was renewed meanwhile, nothing was written", SOON),
            newer.lease().generation());
  }

  private Future<Outcome> alarm(FailedCall failed, Supplier<Future<Outcome>> deliver) {
    return here(parts.evidence().raise(failed)).compose(_ -> deliver.get());
  }

  // ---- answers

  private Future<Outcome> deliver(Admitted admitted, Answered answer, Optional<Meaning> meaning) {
    return parts
        .answers()
        .deliver(caller, answer, meaning, wait(admitted, meaning), admitted.lease(), shown())
        .map(_ -> Outcome.ofMeta(meaning));
  }

  private Future<Outcome> deliver(Admitted admitted, Answered answer, ItemFailures items) {
    String failures = items.header(this::meaning);
    if (!failures.isEmpty()) {
      caller.response().putHeader("X-Tokenwarden-Batch", failures);
    }
    return deliver(admitted, answer, Optional.empty());
  }

  /// How long it is useless to ask again; empty if it is not.
  private Optional<Duration> wait(Admitted admitted, Optional<Meaning> meaning) {
    return meaning
        .filter(it -> it.remedy() == Remedy.RETRY_LATER)
        .flatMap(_ -> parts.metered().held(request, admitted.lease()))
        .map(Held::left);
  }

  private Optional<PresentedHandle> shown() {
    return asker instanceof HoldsHandle(var shown, _) ? Optional.of(shown) : Optional.empty();
  }

  private Future<Outcome> silence(String why, Admitted admitted) {
    Duration wait =
        parts.metered().held(request, admitted.lease()).map(Held::left).orElse(RETRY_SOON);
    return refuse(Refusal.transientFault(why, wait), admitted.lease().generation());
  }

  private Future<Outcome> refuse(Refusal refusal, Long generation) {
    return parts
        .answers()
        .refuse(caller.response(), refusal, generation)
        .map(_ -> Outcome.ofGateway(refusal));
  }

  private <T> Future<T> here(Future<T> elsewhere) {
    return loop.here(elsewhere);
  }
}
