package io.tokenwarden.graph.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionCalendarTest {

  @Test
  void knowsWhenMetaEndsWhat() {
    assertThat(VersionCalendar.ends("v24.0"))
        .isEqualTo(
            Map.of(
                MetaApi.CORE, LocalDate.parse("2028-02-18"),
                MetaApi.MARKETING, LocalDate.parse("2026-10-06")));
    assertThat(VersionCalendar.ends("v25.0"))
        .isEqualTo(Map.of(MetaApi.CORE, LocalDate.parse("2028-07-29")));
  }

  @Test
  void saysNothingOfVersionsItWasNotLookedUpForOrThatHaveNoEndYet() {
    assertThat(VersionCalendar.ends("v99.0")).isEmpty();
    assertThat(VersionCalendar.ends("v26.0")).isEmpty();
    assertThat(VersionCalendar.knows("v26.0")).isTrue();
    assertThat(VersionCalendar.knows("v99.0")).isFalse();
  }

  @Test
  void endsLaterVersionsLaterAndMarketingBeforeTheRest() {
    List<LocalDate> core =
        List.of("v21.0", "v22.0", "v23.0", "v24.0", "v25.0").stream()
            .map(version -> VersionCalendar.ends(version).get(MetaApi.CORE))
            .toList();

    assertThat(core).isSorted().doesNotHaveDuplicates();
    for (String version : List.of("v21.0", "v22.0", "v23.0", "v24.0")) {
      assertThat(VersionCalendar.ends(version).get(MetaApi.MARKETING))
          .isBefore(VersionCalendar.ends(version).get(MetaApi.CORE));
    }
  }
}
