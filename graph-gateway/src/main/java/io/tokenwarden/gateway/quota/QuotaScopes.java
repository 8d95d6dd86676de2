package io.tokenwarden.gateway.quota;

import io.tokenwarden.gateway.connection.TokenIdentity;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.Throttle;
import io.tokenwarden.graph.quota.Usage;
import io.tokenwarden.graph.quota.UseCase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The quotas one call has to do with, as far as the request tells.
///
/// A call about an ad account uses up the quota of that account and use case, and no other: [where
/// both apply, the business use case
/// counts](https://developers.facebook.com/docs/graph-api/overview/rate-limiting), and [the
/// Marketing API is left out of the
/// others](https://developers.facebook.com/docs/marketing-api/overview/rate-limiting). Every other
/// call uses up those of its app and its person. Yet Meta does turn away calls about accounts with
/// the errors of an app or a person: while one of these is closed, so is everything in it.
///
/// @param object the digits its path begins with; null if it begins with something else
/// @param useCase null if the path does not tell
/// @param deeds what the call does beyond reading that has a limit of its own
public record QuotaScopes(
    String app, String user, String object, UseCase useCase, Set<QuotaKind> deeds) {

  private static final Set<String> BUDGETS = Set.of("daily_budget", "lifetime_budget");

  /// What an edge is counted as, whatever object it hangs on.
  private static final Map<String, UseCase> BY_EDGE =
      Map.ofEntries(
          Map.entry("insights", UseCase.ADS_INSIGHTS),
          Map.entry("campaigns", UseCase.ADS_MANAGEMENT),
          Map.entry("adsets", UseCase.ADS_MANAGEMENT),
          Map.entry("ads", UseCase.ADS_MANAGEMENT),
          Map.entry("adcreatives", UseCase.ADS_MANAGEMENT),
          Map.entry("customaudiences", UseCase.CUSTOM_AUDIENCE),
          Map.entry("saved_audiences", UseCase.CUSTOM_AUDIENCE),
          Map.entry("leads", UseCase.LEADGEN),
          Map.entry("leadgen_forms", UseCase.LEADGEN),
          Map.entry("product_sets", UseCase.CATALOG_MANAGEMENT),
          Map.entry("product_feeds", UseCase.CATALOG_MANAGEMENT),
          Map.entry("products", UseCase.CATALOG_MANAGEMENT),
          Map.entry("items_batch", UseCase.CATALOG_BATCH),
          Map.entry("message_templates", UseCase.WHATSAPP_MANAGEMENT));

  /// Those of a call with this token.
  public static QuotaScopes of(GraphRequest request, TokenIdentity token) {
    return new QuotaScopes(
        token.appId(),
        token.metaUserId(),
        request.assetId(),
        useCase(request.segments()),
        request.isRead() ? Set.of() : deeds(request));
  }

  private static Set<QuotaKind> deeds(GraphRequest write) {
    Set<QuotaKind> deeds = EnumSet.of(QuotaKind.CHANGES);
    if (write.segments().size() == 2 && write.segments().getLast().equals("ads")) {
      deeds.add(QuotaKind.AD_CREATION);
    }
    for (GraphRequest.Parameter parameter : write.parameters()) {
      if (BUDGETS.contains(parameter.plainName())) {
        deeds.add(QuotaKind.BUDGET);
      } else if (parameter.plainName().equals("spend_cap")) {
        deeds.add(QuotaKind.SPENDING_LIMIT);
      }
    }
    return deeds;
  }

  private static UseCase useCase(List<String> path) {
    if (path.isEmpty()) {
      return null;
    }
    UseCase byEdge = BY_EDGE.get(path.getLast().toLowerCase(Locale.ROOT));
    boolean ofAdAccount = path.getFirst().startsWith("act_");
    return byEdge == null && ofAdAccount ? UseCase.ADS_MANAGEMENT : byEdge;
  }

  /// What the call uses up; one permit in each.
  public List<QuotaScope> counted() {
    return object != null && useCase != null
        ? List.of(QuotaScope.ofAccount(app, object, useCase))
        : List.of(QuotaScope.ofApp(app), QuotaScope.ofUser(app, user));
  }

  /// What must be open for the call to go out: while any of these is held, it waits.
  public List<QuotaScope> covering() {
    List<QuotaScope> covering = new ArrayList<>();
    covering.add(QuotaScope.ofApp(app));
    covering.add(QuotaScope.ofUser(app, user));
    if (useCase != null) {
      covering.add(new QuotaScope(QuotaKind.APP, app, null, useCase));
    }
    if (object != null) {
      covering.add(QuotaScope.ofAccount(app, object, null));
      if (useCase != null) {
        covering.add(QuotaScope.ofAccount(app, object, useCase));
      }
      deeds.forEach(deed -> covering.add(new QuotaScope(deed, app, object, null)));
    }
    return covering;
  }

  /// The quota that turned the call away. It is one that the call is covered by, or else the next
  /// such call would be sent: an error that speaks of another use case than the path does closes
  /// the object as a whole, one that speaks of another deed than the request closes all changes.
  public QuotaScope closedBy(Throttle throttle) {
    UseCase said = throttle.useCase() == UseCase.OTHER ? useCase : throttle.useCase();
    return switch (throttle.kind()) {
      case APP, USER -> scope(throttle.kind(), object, said);
      case ACCOUNT -> scope(QuotaKind.ACCOUNT, object, said == useCase ? said : null);
      case CHANGES, AD_CREATION, BUDGET, SPENDING_LIMIT ->
          deeds.isEmpty() || deeds.contains(throttle.kind())
              ? scope(throttle.kind(), object, null)
              : scope(QuotaKind.CHANGES, object, null);
    };
  }

  /// The quota that a header of the answer speaks of. Where the path tells no use case, what is
  /// said of its object is said of the call.
  public QuotaScope toldBy(Usage usage) {
    String id = usage.id().isEmpty() ? object : usage.id();
    boolean ofThisCall =
        usage.useCase() == UseCase.OTHER || (useCase == null && Objects.equals(id, object));
    return scope(usage.kind(), id, ofThisCall ? useCase : usage.useCase());
  }

  /// A quota of an object, where the path names none, can only be that of the person.
  private QuotaScope scope(QuotaKind kind, String id, UseCase counted) {
    return switch (kind) {
      case APP -> new QuotaScope(QuotaKind.APP, app, null, counted);
      case USER -> QuotaScope.ofUser(app, user);
      case ACCOUNT ->
          id == null ? QuotaScope.ofUser(app, user) : QuotaScope.ofAccount(app, id, counted);
      case CHANGES, AD_CREATION, BUDGET, SPENDING_LIMIT ->
          id == null ? QuotaScope.ofUser(app, user) : new QuotaScope(kind, app, id, null);
    };
  }
}
