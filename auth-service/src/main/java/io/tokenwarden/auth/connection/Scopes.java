package io.tokenwarden.auth.connection;

import io.tokenwarden.contracts.Capability;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which of Meta's permissions carries which capability.
///
/// See [Permissions reference](https://developers.facebook.com/docs/permissions).
public final class Scopes {
  /// What is asked for where nothing else is: reading reports, and no more.
  public static final List<String> REPORTING = List.of("ads_read");

  private static final Map<String, Set<Capability>> CARRIED =
      Map.of(
          "ads_read", EnumSet.of(Capability.READ_INSIGHTS),
          "ads_management", EnumSet.of(Capability.READ_INSIGHTS, Capability.WRITE_ADS),
          "business_management", EnumSet.of(Capability.DISCOVER_BUSINESS),
          "pages_show_list", EnumSet.of(Capability.READ_PAGES));

  private Scopes() {}

  static Set<Capability> capabilities(Collection<String> scopes) {
    var carried = EnumSet.noneOf(Capability.class);
    scopes.forEach(scope -> carried.addAll(CARRIED.getOrDefault(scope, Set.of())));
    return carried;
  }

  /// The scopes that reporting needs and that were not granted; `ads_management` includes reading.
  static List<String> missing(Collection<String> scopes) {
    return capabilities(scopes).contains(Capability.READ_INSIGHTS) ? List.of() : REPORTING;
  }
}
