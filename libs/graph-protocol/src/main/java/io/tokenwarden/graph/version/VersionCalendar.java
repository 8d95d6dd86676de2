package io.tokenwarden.graph.version;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// When Meta ends which version, as its
/// [changelog](https://developers.facebook.com/docs/graph-api/changelog) and the [Marketing
/// API's](https://developers.facebook.com/docs/marketing-api/marketing-api-changelog) stood on
/// [#AS_OF]. Meta names the end of the newest ones only later, and may move an end: whoever looks
/// it up again changes the date above, too.
public final class VersionCalendar {

  /// When these dates were looked up.
  public static final LocalDate AS_OF = LocalDate.of(2026, 11, 21);

  /// Null where Meta has named no end yet.
  private record Ends(LocalDate core, LocalDate marketing) {}

  private static final Map<String, Ends> KNOWN =
      Map.of(
          "v21.0", new Ends(LocalDate.of(2027, 1, 21), LocalDate.of(2025, 9, 9)),
          "v22.0", new Ends(LocalDate.of(2027, 5, 20), LocalDate.of(2026, 2, 19)),
          "v23.0", new Ends(LocalDate.of(2027, 10, 8), LocalDate.of(2026, 6, 9)),
          "v24.0", new Ends(LocalDate.of(2028, 2, 18), LocalDate.of(2026, 10, 6)),
          "v25.0", new Ends(LocalDate.of(2028, 7, 29), null),
          "v26.0", new Ends(null, null));

  private VersionCalendar() {}

  /// Whether it is one of the versions this was looked up for.
  ///
  /// @param version such as `v25.0`
  public static boolean knows(String version) {
    return KNOWN.containsKey(version);
  }

  /// From when on a version is not served any more, by what it is of; nothing where that is not
  /// known.
  public static Map<MetaApi, LocalDate> ends(String version) {
    Map<MetaApi, LocalDate> ends = new EnumMap<>(MetaApi.class);
    Optional.ofNullable(KNOWN.get(version))
        .ifPresent(known -> {
          Optional.ofNullable(known.core).ifPresent(end -> ends.put(MetaApi.CORE, end));
          Optional.ofNullable(known.marketing).ifPresent(end -> ends.put(MetaApi.MARKETING, end));
        });
    return ends;
  }
}
