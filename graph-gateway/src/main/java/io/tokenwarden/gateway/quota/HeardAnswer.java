package io.tokenwarden.gateway.quota;

import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.QuotaSign;
import io.tokenwarden.graph.quota.Throttle;
import io.tokenwarden.graph.quota.Tier;
import io.tokenwarden.graph.quota.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one answer of Meta's tells of quotas.
///
/// @param scopes those of the call
/// @param error the failure it tells of; null if it tells of none
/// @param asked when the call left
public record HeardAnswer(
    QuotaScopes scopes,
    WorkspaceId workspace,
    List<Usage> usages,
    GraphError error,
    Instant asked) {

  /// Whether Meta has looked at the call at all: what fails before that proves nothing.
  boolean wasServed() {
    return error == null || !error.meaning().category().mayPass();
  }

  /// What it says of each quota it speaks of.
  ///
  /// @param tier of the app; null if not known
  Map<QuotaScope, QuotaSign> signs(Tier tier, Instant answered) {
    Optional<Throttle> throttle = Optional.ofNullable(error).flatMap(Throttle::of);
    Map<QuotaScope, List<Usage>> told = new LinkedHashMap<>();
    throttle.ifPresent(it -> told.put(scopes.closedBy(it), new ArrayList<>()));
    usages.forEach(
        usage -> told.computeIfAbsent(scopes.toldBy(usage), _ -> new ArrayList<>()).add(usage));
    Optional<QuotaScope> closed = throttle.map(scopes::closedBy);
    Map<QuotaScope, QuotaSign> signs = new LinkedHashMap<>();
    told.forEach((scope, its) ->
        signs.put(
            scope,
            new QuotaSign(
                closed.filter(scope::equals).isPresent() ? throttle.get() : null,
                its,
                tier,
                asked,
                answered)));
    return signs;
  }

  /// The failure, if it is this quota that it speaks of.
  GraphErrorInfo errorOf(QuotaSign sign) {
    return sign.throttle() == null
        ? null
        : new GraphErrorInfo(
            error.code(), error.subcode(), error.type(), error.httpStatus(), error.fbtraceId());
  }
}
