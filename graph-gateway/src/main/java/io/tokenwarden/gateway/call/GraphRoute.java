package io.tokenwarden.gateway.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.audit.Attempt;
import io.tokenwarden.gateway.audit.Attempts;
import io.tokenwarden.gateway.audit.Overreach;
import io.tokenwarden.gateway.call.Asker.HoldsHandle;
import io.tokenwarden.gateway.call.Asker.Nobody;
import io.tokenwarden.gateway.call.Asker.OfService;
import io.tokenwarden.gateway.connection.Evidence;
import io.tokenwarden.gateway.connection.Suspicions;
import io.tokenwarden.gateway.credential.Leases;
import io.tokenwarden.gateway.intake.Intake;
import io.tokenwarden.gateway.intake.Taken.TurnedAway;
import io.tokenwarden.gateway.intake.Taken.Whole;
import io.tokenwarden.gateway.quota.Lane;
import io.tokenwarden.gateway.request.Body;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.PresentedHandle;
import io.tokenwarden.gateway.request.Reading;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.CrashReport;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Inspection;
import io.tokenwarden.gateway.request.Reading.Malformed;
import io.tokenwarden.gateway.request.RequestReader;
import io.tokenwarden.gateway.retry.RetryBudget;
import io.tokenwarden.gateway.version.Versions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Every path that is not the service's own is a call to Graph. A plain route on the event loop: no
/// database on the way of a call that succeeds.
@ApplicationScoped
class GraphRoute {

  private static final Logger LOG = Logger.getLogger(GraphRoute.class);
  private static final String ALL_BUT_OURS = "/(?!q(?:/|$)|-/).*";

  private static final Refusal NOT_TOLD =
      Refusal.forbidden(Overreach.ANOTHER_HANDLE, "A handle is told of itself alone");

  private static final Duration LINGERING = Duration.ofSeconds(1);
  private static final Refusal READS_ONLY =
      Refusal.forbidden(Overreach.READ_ONLY, "This credential may only read");
  private static final Refusal NO_CONNECTION =
      Refusal.malformed("X-Connection-Id must name the connection");

  private static final String NO_LANE = "X-Tokenwarden-Priority is interactive, sync or backfill";

  private final Intake intake;
  private final RequestReader reader;
  private final Askers askers;
  private final HandleInspection inspection;
  private final Attempts attempts;
  private final GraphCall.Parts parts;
  private final MeterRegistry metrics;

  @Inject
  GraphRoute(
      Intake intake,
      Askers askers,
      HandleInspection inspection,
      Attempts attempts,
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
      Vertx vertx,
      Clock clock,
      MeterRegistry metrics) {
    this.reader = new RequestReader();
    this.intake = intake;
    this.askers = askers;
    this.inspection = inspection;
    this.attempts = attempts;
    this.parts =
        new GraphCall.Parts(
            admissions,
            owners,
            meta,
            metered,
            leases,
            evidence,
            suspicions,
            reports,
            answers,
            retries,
            versions,
            metrics,
            vertx,
            clock);
    this.metrics = metrics;
  }

  void install(@Observes Router router) {
    router.routeWithRegex(ALL_BUT_OURS).handler(this::handle);
  }

  private void handle(RoutingContext routing) {
    long started = System.nanoTime();
    HttpServerRequest caller = routing.request();
    Loop loop = new Loop(parts.vertx().getOrCreateContext());
    intake
        .take(caller)
        .compose(taken ->
            switch (taken) {
              case Whole(var body, var over) ->
                  Future.<Void>succeededFuture()
                      .compose(_ -> read(loop, routing, body))
                      .onComplete(_ -> over.run());
              case TurnedAway(var refusal) -> turnAway(caller, refusal);
            })
        .onSuccess(outcome -> count(outcome, started))
        .onFailure(failure -> fail(caller, failure));
  }

  private Future<Outcome> read(Loop loop, RoutingContext routing, Body body) {
    HttpServerRequest caller = routing.request();
    Reading reading = reader.read(caller.method().name(), caller.uri(), body);
    return loop.here(askers.identify(routing, reading.presented()))
        .compose(asker ->
            answer(loop, caller, reading, asker)
                .onSuccess(outcome -> note(caller, asker, outcome.overreach())));
  }

  private void note(HttpServerRequest caller, Asker asker, Overreach what) {
    if (what != null) {
      attempts.note(
          switch (asker) {
            case HoldsHandle(_, var grant) -> new Attempt(what, grant.id(), null, null);
            case OfService(var subject) ->
                new Attempt(
                    what,
                    null,
                    subject,
                    connection(caller.getHeader("X-Connection-Id")).orElse(null));
            case Nobody(_, var handle, var subject) -> new Attempt(what, handle, subject, null);
          });
    }
  }

  /// The rest of the body is thrown away, and not waited for: were the connection closed with bytes
  /// unread, the answer would be lost to whoever is still sending.
  private Future<Outcome> turnAway(HttpServerRequest caller, Refusal refusal) {
    if (!caller.isEnded()) {
      caller.handler(_ -> {}).resume();
    }
    caller.response().putHeader("Connection", "close");
    return refuse(caller, refusal)
        .onComplete(
            _ -> parts.vertx().setTimer(LINGERING.toMillis(), _ -> caller.connection().close()));
  }

  private Future<Outcome> answer(
      Loop loop, HttpServerRequest caller, Reading reading, Asker asker) {
    if (asker instanceof Nobody(var refusal, _, _) && !(reading instanceof Malformed)) {
      return refuse(caller, refusal);
    }
    return switch (reading) {
      case Malformed(var why) -> refuse(caller, Refusal.malformed(why).of(Overreach.NOT_CANONICAL));
      case Forbidden(var why, _) -> refuse(caller, Refusal.forbidden(Overreach.NOT_FORWARDED, why));
      case Accepted(var request, _) -> call(loop, caller, request, asker);
      case Inspection(var inspected, _) -> inspect(loop, caller, inspected, asker);
      case CrashReport _ -> tell(caller, "{\"success\":true}");
    };
  }

  /// Only who holds a handle may know what it is good for.
  private Future<Outcome> inspect(
      Loop loop, HttpServerRequest caller, Optional<PresentedHandle> inspected, Asker asker) {
    if (!(asker instanceof HoldsHandle(_, var grant))) {
      return refuse(caller, NOT_TOLD);
    }
    return loop.here(inspection.of(grant, inspected))
        .compose(
            told -> told.map(body -> tell(caller, body)).orElseGet(() -> refuse(caller, NOT_TOLD)));
  }

  private Future<Outcome> tell(HttpServerRequest caller, String body) {
    return parts.answers().tell(caller.response(), body).map(_ -> Outcome.ofOurs());
  }

  private Future<Outcome> call(
      Loop loop, HttpServerRequest caller, GraphRequest request, Asker asker) {
    Optional<ConnectionId> connection = connection(caller, asker);
    if (connection.isEmpty()) {
      return refuse(
          caller,
          asker instanceof HoldsHandle
              ? NO_CONNECTION.of(Overreach.ANOTHER_CONNECTION)
              : NO_CONNECTION);
    }
    Optional<Deadline> deadline =
        Deadline.of(
            caller.getHeader("X-Tokenwarden-Deadline"),
            request.files().isEmpty() ? Deadline.USUAL : Deadline.LONGEST,
            parts.clock());
    if (deadline.isEmpty()) {
      return refuse(caller, Refusal.malformed("X-Tokenwarden-Deadline is at most 300 seconds"));
    }
    if (!request.isRead() && !mayWrite(asker)) {
      return refuse(caller, READS_ONLY);
    }
    Optional<Lane> lane = Lane.of(caller.getHeader("X-Tokenwarden-Priority"));
    if (lane.isEmpty()) {
      return refuse(caller, Refusal.malformed(NO_LANE));
    }
    return new GraphCall(
            parts, loop, caller, asker, connection.get(), request, lane.get(), deadline.get())
        .run();
  }

  private static boolean mayWrite(Asker asker) {
    return asker instanceof HoldsHandle(_, var grant) && grant.mayWrite();
  }

  /// A service names it; a handle stands for one, and whoever names another besides means something
  /// else.
  private static Optional<ConnectionId> connection(HttpServerRequest caller, Asker asker) {
    String named = caller.getHeader("X-Connection-Id");
    if (asker instanceof HoldsHandle(_, var grant)) {
      return named == null || connection(named).equals(Optional.of(grant.connection()))
          ? Optional.of(grant.connection())
          : Optional.empty();
    }
    return connection(named);
  }

  private static Optional<ConnectionId> connection(String header) {
    try {
      return header == null ? Optional.empty() : Optional.of(ConnectionId.of(header));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Future<Outcome> refuse(HttpServerRequest caller, Refusal refusal) {
    return parts
        .answers()
        .refuse(caller.response(), refusal, null)
        .map(_ -> Outcome.ofGateway(refusal));
  }

  private void count(Outcome outcome, long started) {
    metrics
        .timer(
            "tokenwarden.gateway.calls",
            "category",
            outcome.category(),
            "answered.by",
            outcome.answeredBy())
        .record(Duration.ofNanos(System.nanoTime() - started));
  }

  /// A fault of ours, or the caller has gone away. The failure is named, not quoted: it may hold an
  /// address.
  private void fail(HttpServerRequest caller, Throwable failure) {
    if (caller.response().closed()) {
      return;
    }
    LOG.errorf("A call could not be answered: %s", failure.getClass().getName());
    if (caller.response().headWritten()) {
      caller.response().reset();
    } else {
      refuse(caller, Refusal.transientFault("The gateway failed", Duration.ofSeconds(1)));
    }
  }
}
