package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.call.MetaAnswer.Crowded;
import io.tokenwarden.gateway.call.MetaAnswer.Withheld;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.quota.HeardAnswer;
import io.tokenwarden.gateway.quota.Holds;
import io.tokenwarden.gateway.quota.Lane;
import io.tokenwarden.gateway.quota.Leave.Free;
import io.tokenwarden.gateway.quota.Leave.Held;
import io.tokenwarden.gateway.quota.QuotaScopes;
import io.tokenwarden.gateway.quota.Quotas;
import io.tokenwarden.gateway.quota.Taking.Taken;
import io.tokenwarden.gateway.quota.Taking.Uncounted;
import io.tokenwarden.gateway.quota.Taking.UsedUp;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.version.Versions;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.Usage;
import io.tokenwarden.graph.quota.UsageHeaders;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// [Meta], asked no more than it lets us: not at all while a quota of the call is held, and with a
/// permit of each quota that the call uses up. A permit counts from the moment the call is over:
/// with an answer, whatever it says, since Meta counts failed calls too; or without one.
///
/// Every answer is read for what it tells of quotas and versions, whether it is a failure or not.
@ApplicationScoped
class MeteredMeta {

  private final Meta meta;
  private final Holds holds;
  private final Quotas quotas;
  private final Versions versions;
  private final Vertx vertx;
  private final Clock clock;

  @Inject
  MeteredMeta(Meta meta, Holds holds, Quotas quotas, Versions versions, Vertx vertx, Clock clock) {
    this.meta = meta;
    this.holds = holds;
    this.quotas = quotas;
    this.versions = versions;
    this.vertx = vertx;
    this.clock = clock;
  }

  /// One call.
  ///
  /// @param roomy as for [Meta#send]
  /// @param objection looked for after the wait for permits, in which much may have changed
  record Ask(
      GraphRequest request,
      MultiMap callerHeaders,
      CredentialLease lease,
      Lane lane,
      Deadline deadline,
      boolean roomy,
      Supplier<Optional<Refusal>> objection) {}

  // ---- before a call

  /// Asks, on the event loop of whoever does. Always succeeds: silence is an answer too, and that
  /// nobody was asked.
  Future<MetaAnswer> send(Ask ask) {
    List<QuotaScopes> each = scopes(ask.request, ask.lease);
    return holds
        .held(covering(each))
        .map(held -> withheld(Refusal.held(held)))
        .orElseGet(() -> takePermits(ask, each));
  }

  /// What keeps a call like this from going out now; empty if nothing does.
  Optional<Held> held(GraphRequest request, CredentialLease lease) {
    return holds.held(covering(scopes(request, lease)));
  }

  /// Of the call itself, or of each item of a batch: they count like single calls, and nobody sends
  /// a batch of which Meta would turn some away.
  private static List<QuotaScopes> scopes(GraphRequest request, CredentialLease lease) {
    return request.isBatch()
        ? request.items().stream()
            .map(item -> QuotaScopes.of(item.request(), lease.token()))
            .toList()
        : List.of(QuotaScopes.of(request, lease.token()));
  }

  private static Set<QuotaScope> covering(List<QuotaScopes> each) {
    return each.stream()
        .flatMap(scopes -> scopes.covering().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Future<MetaAnswer> takePermits(Ask ask, List<QuotaScopes> each) {
    List<QuotaScope> counted = each.stream().flatMap(scopes -> scopes.counted().stream()).toList();
    return here(quotas.take(counted, ask.lane, ask.deadline.left(clock)))
        .compose(taking ->
            switch (taking) {
              case Taken permits -> leave(ask, each, permits);
              case UsedUp(var scope, var nextFree) -> withheld(Refusal.usedUp(scope, nextFree));
              case Uncounted(var retryAfter) ->
                  withheld(Refusal.transientFault("Quotas cannot be counted now", retryAfter));
            });
  }

  /// Much may have happened while it waited.
  private Future<MetaAnswer> leave(Ask ask, List<QuotaScopes> each, Taken permits) {
    return here(holds.leave(covering(each)))
        .compose(leave ->
            switch (leave) {
              case Free() ->
                  ask.objection.get().map(MeteredMeta::withheld).orElseGet(() -> leave(ask, each));
              case Held held -> withheld(Refusal.held(held));
            })
        .onComplete(answer -> settle(permits, answer.result()));
  }

  private Future<MetaAnswer> leave(Ask ask, List<QuotaScopes> each) {
    Instant asked = clock.instant();
    return meta.send(ask.request, ask.callerHeaders, ask.lease, ask.deadline.left(clock), ask.roomy)
        .onSuccess(answer -> {
          if (answer instanceof Answered answered) {
            hear(ask, each, answered, asked);
            versions.hear(ask.request.version(), answered.headers());
          }
        });
  }

  private static Future<MetaAnswer> withheld(Refusal refusal) {
    return Future.succeededFuture(new Withheld(refusal));
  }

  // ---- after a call

  private static void settle(Taken permits, MetaAnswer answer) {
    if (answer instanceof Crowded || answer instanceof Withheld) {
      permits.unused();
    } else {
      permits.spent();
    }
  }

  private void hear(Ask ask, List<QuotaScopes> each, Answered answer, Instant asked) {
    List<Usage> usages = UsageHeaders.parse(answer.headers());
    Map<Integer, GraphError> failures = failures(ask.request, answer);
    for (int i = 0; i < each.size(); i++) {
      holds.hear(
          new HeardAnswer(each.get(i), ask.lease.workspaceId(), usages, failures.get(i), asked));
    }
  }

  /// By the position of the call they are of.
  private static Map<Integer, GraphError> failures(GraphRequest request, Answered answer) {
    return request.isBatch() && answer.tellsOfItems()
        ? ItemFailures.of(answer, request).failures()
        : answer.failure().map(error -> Map.of(0, error)).orElseGet(Map::of);
  }

  /// What is known is known at once; what the database was asked comes back to where the call
  /// belongs.
  private <T> Future<T> here(Future<T> answer) {
    return answer.isComplete() ? answer : new Loop(vertx.getOrCreateContext()).here(answer);
  }
}
