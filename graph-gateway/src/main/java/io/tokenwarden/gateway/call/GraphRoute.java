package io.tokenwarden.gateway.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.gateway.MetaConfig;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.connection.Evidence;
import io.tokenwarden.gateway.connection.Suspicions;
import io.tokenwarden.gateway.credential.Leases;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Malformed;
import io.tokenwarden.gateway.request.RequestReader;
import io.tokenwarden.service.Roles;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/// Every path that is not the service's own is a call to Graph. A plain route on the event loop: no
/// database and no parsing of bodies on the way of a call that succeeds.
@ApplicationScoped
class GraphRoute {

  private static final Logger LOG = Logger.getLogger(GraphRoute.class);
  private static final String ALL_BUT_OURS = "/(?!q(?:/|$)|-/).*";

  private final RequestReader reader;
  private final GraphCall.Parts parts;
  private final MeterRegistry metrics;

  @Inject
  GraphRoute(
      MetaConfig config,
      Admissions admissions,
      Meta meta,
      Leases leases,
      Evidence evidence,
      Suspicions suspicions,
      Answers answers,
      Vertx vertx,
      Clock clock,
      MeterRegistry metrics) {
    this.reader = new RequestReader(config.graphVersion());
    this.parts =
        new GraphCall.Parts(admissions, meta, leases, evidence, suspicions, answers, vertx, clock);
    this.metrics = metrics;
  }

  void install(@Observes Router router) {
    router.routeWithRegex(ALL_BUT_OURS).handler(this::handle);
  }

  private void handle(RoutingContext routing) {
    long started = System.nanoTime();
    HttpServerRequest caller = routing.request();
    Context context = parts.vertx().getOrCreateContext();
    identity(routing, context)
        .compose(identity -> answer(context, caller, identity))
        .onSuccess(outcome -> count(outcome, started))
        .onFailure(failure -> fail(caller, failure));
  }

  /// Empty if the caller shows no bearer token, or none that is valid.
  private static Future<Optional<SecurityIdentity>> identity(
      RoutingContext routing, Context context) {
    Promise<Optional<SecurityIdentity>> promise = Promise.promise();
    routing.put(
        QuarkusHttpUser.AUTH_FAILURE_HANDLER,
        (BiConsumer<RoutingContext, Throwable>) GraphRoute::leftToUs);
    UniHelper.toFuture(QuarkusHttpUser.getSecurityIdentity(routing, null))
        .map(Optional::ofNullable)
        .otherwise(Optional.empty())
        .onComplete(result -> context.runOnContext(_ -> promise.handle(result)));
    return promise.future();
  }

  /// Quarkus would answer a bad bearer token by itself, and not in Graph's envelope.
  private static void leftToUs(RoutingContext routing, Throwable failure) {}

  private Future<Outcome> answer(
      Context context, HttpServerRequest caller, Optional<SecurityIdentity> identity) {
    if (identity.isEmpty() || identity.get().isAnonymous()) {
      return refuse(caller, Refusal.unauthenticated());
    }
    if (!identity.get().hasRole(Roles.SERVICE)) {
      return refuse(caller, Refusal.unauthorised());
    }
    return switch (reader.read(caller.method().name(), caller.uri())) {
      case Malformed(var why) -> refuse(caller, Refusal.malformed(why));
      case Forbidden(var why) -> refuse(caller, Refusal.forbidden(why));
      case Accepted(var request) -> call(context, caller, request);
    };
  }

  private Future<Outcome> call(Context context, HttpServerRequest caller, GraphRequest request) {
    Optional<ConnectionId> connection = connection(caller.getHeader("X-Connection-Id"));
    if (connection.isEmpty()) {
      return refuse(caller, Refusal.malformed("X-Connection-Id must name a connection"));
    }
    Optional<Deadline> deadline =
        Deadline.of(caller.getHeader("X-Tokenwarden-Deadline"), parts.clock());
    if (deadline.isEmpty()) {
      return refuse(caller, Refusal.malformed("X-Tokenwarden-Deadline is at most 300 seconds"));
    }
    return new GraphCall(parts, context, caller, connection.get(), request, deadline.get()).run();
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
