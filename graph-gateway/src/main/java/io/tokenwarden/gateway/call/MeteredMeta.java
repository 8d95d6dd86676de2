package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.call.MetaAnswer.Closed;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.quota.HeardAnswer;
import io.tokenwarden.gateway.quota.Holds;
import io.tokenwarden.gateway.quota.Leave;
import io.tokenwarden.gateway.quota.Leave.Free;
import io.tokenwarden.gateway.quota.Leave.Held;
import io.tokenwarden.gateway.quota.QuotaScopes;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.Usage;
import io.tokenwarden.graph.quota.UsageHeaders;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// [Meta], asked no more than it lets us: not at all while a quota of the call is used up. Every
/// answer is read for what it tells of quotas, whether it is a failure or not.
@ApplicationScoped
class MeteredMeta {

  private final Meta meta;
  private final Holds holds;
  private final Vertx vertx;
  private final Clock clock;

  @Inject
  MeteredMeta(Meta meta, Holds holds, Vertx vertx, Clock clock) {
    this.meta = meta;
    this.holds = holds;
    this.vertx = vertx;
    this.clock = clock;
  }

  /// Asks with this credential. Always succeeds: silence is an answer too, and that nobody was
  /// asked.
  ///
  /// @param roomy as for [Meta#send]
  Future<MetaAnswer> send(
      GraphRequest request,
      MultiMap callerHeaders,
      CredentialLease lease,
      Duration patience,
      boolean roomy) {
    List<QuotaScopes> each = scopes(request, lease);
    return here(holds.leave(covering(each)))
        .compose(leave ->
            switch (leave) {
              case Free() -> ask(request, callerHeaders, lease, patience, roomy, each);
              case Held held -> Future.succeededFuture(new Closed(held));
            });
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

  private Future<MetaAnswer> ask(
      GraphRequest request,
      MultiMap callerHeaders,
      CredentialLease lease,
      Duration patience,
      boolean roomy,
      List<QuotaScopes> each) {
    Instant asked = clock.instant();
    return meta.send(request, callerHeaders, lease, patience, roomy)
        .onSuccess(answer -> {
          if (answer instanceof Answered answered) {
            hear(request, lease, each, answered, asked);
          }
        });
  }

  private void hear(
      GraphRequest request,
      CredentialLease lease,
      List<QuotaScopes> each,
      Answered answer,
      Instant asked) {
    List<Usage> usages = UsageHeaders.parse(answer.headers());
    Map<Integer, GraphError> failures = failures(request, answer);
    for (int i = 0; i < each.size(); i++) {
      holds.hear(new HeardAnswer(each.get(i), lease.workspaceId(), usages, failures.get(i), asked));
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
  private Future<Leave> here(Future<Leave> leave) {
    if (leave.isComplete()) {
      return leave;
    }
    Context context = vertx.getOrCreateContext();
    Promise<Leave> promise = Promise.promise();
    leave.onComplete(result -> context.runOnContext(_ -> promise.handle(result)));
    return promise.future();
  }
}
