package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The complete health of a connection at one revision. Lists are cut at [#LIST_LIMIT]; their
/// totals stand beside them.
///
/// @param expiresAt when the token ends; null means never
/// @param dataAccessExpiresAt when Meta ends data access though the token lives; null if unknown
/// @param verifiedAt when Meta last confirmed the token; null if never since it was stored
public record Health(
    TokenStatus tokenStatus,
    Lifecycle lifecycle,
    List<Condition> conditions,
    int conditionsTotal,
    Map<Capability, Boolean> capabilities,
    Instant expiresAt,
    Instant dataAccessExpiresAt,
    List<String> scopes,
    int scopesTotal,
    Instant verifiedAt) {

  /// Lists in events are cut at this many entries.
  public static final int LIST_LIMIT = 100;

  public Health {
    requireNonNull(tokenStatus, "tokenStatus");
    requireNonNull(lifecycle, "lifecycle");
    conditions = List.copyOf(conditions);
    scopes = List.copyOf(scopes);
    var ordered = new EnumMap<Capability, Boolean>(Capability.class);
    ordered.putAll(capabilities);
    capabilities = Collections.unmodifiableMap(ordered);
  }

  /// From whole lists, which it cuts and counts.
  public static Health of(
      TokenStatus tokenStatus,
      Lifecycle lifecycle,
      List<Condition> conditions,
      Map<Capability, Boolean> capabilities,
      Instant expiresAt,
      Instant dataAccessExpiresAt,
      List<String> scopes,
      Instant verifiedAt) {
    return new Health(
        tokenStatus,
        lifecycle,
        cut(conditions),
        conditions.size(),
        capabilities,
        expiresAt,
        dataAccessExpiresAt,
        cut(scopes),
        scopes.size(),
        verifiedAt);
  }

  /// Whether the connection may be used for this.
  public boolean can(Capability capability) {
    return capabilities.getOrDefault(capability, false);
  }

  public Optional<Condition> condition(ConditionKind kind) {
    return conditions.stream().filter(c -> c.condition() == kind).findFirst();
  }

  static <T> List<T> cut(List<T> list) {
    return list.size() <= LIST_LIMIT ? list : list.subList(0, LIST_LIMIT);
  }
}
