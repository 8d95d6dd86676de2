package io.tokenwarden.notifier.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.NotificationKind;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Texts ENGLISH = Texts.in(Locale.ENGLISH);
  private static final Texts ITALIAN = Texts.in(Locale.ITALIAN);

  @Test
  void saysOfAnExpiredTokenWhatMediaBuyersKnow() {
    assertThat(ITALIAN.get("AUTH_EXPIRED.title"))
        .isEqualTo("Token Meta scaduto — Riconnetti il profilo Meta");
    assertThat(ENGLISH.get("AUTH_EXPIRED.title"))
        .isEqualTo("Meta token expired — Reconnect the Meta profile");
  }

  @Test
  void hasWordsForEverythingThatCanBeSaid() {
    var needed =
        Stream.of(
                Arrays.stream(NotificationKind.values())
                    .flatMap(kind -> Stream.of(kind + ".title", kind + ".message")),
                Arrays.stream(Reason.values()).map(reason -> "reason." + reason),
                Arrays.stream(Remedy.values()).map(remedy -> "remedy." + remedy.code()),
                Arrays.stream(ConditionKind.values())
                    .flatMap(kind -> Stream.of("status." + kind, "banner." + kind)))
            .flatMap(keys -> keys)
            .toList();
    assertThat(ENGLISH.keys()).containsAll(needed);
  }

  @Test
  void saysTheSameThingsInEveryLanguage() throws Exception {
    try (var file = TextsTest.class.getResourceAsStream("/texts/notifier_it.properties")) {
      var italian = new PropertyResourceBundle(file);
      assertThat(italian.keySet()).containsExactlyInAnyOrderElementsOf(ENGLISH.keys());
      assertThat(italian.keySet())
          .allSatisfy(key ->
              assertThat(places(italian.getString(key)))
                  .as(key)
                  .containsExactlyInAnyOrderElementsOf(places(ENGLISH.get(key))));
    }
  }

  private static List<String> places(String text) {
    return Pattern.compile("\\{\\w+}").matcher(text).results().map(m -> m.group()).toList();
  }

  @Test
  void tellsThatCampaignsKeepRunningWhenAConnectionDies() {
    assertThat(ENGLISH.get("AUTH_EXPIRED.message")).contains("campaigns keep running on Meta");
  }

  @Test
  void counts() {
    assertThat(ENGLISH.count("status.EXPIRING", 0)).isEqualTo("Expiring today");
    assertThat(ENGLISH.count("status.EXPIRING", 1)).isEqualTo("Expiring in 1 day");
    assertThat(ENGLISH.count("status.EXPIRING", 7)).isEqualTo("Expiring in 7 days");
  }

  @Test
  void saysWithinHowManyDays() {
    assertThat(ENGLISH.count("left", 0)).isEqualTo("today");
    assertThat(ITALIAN.count("left", 1)).isEqualTo("tra 1 giorno");
    assertThat(ITALIAN.get("EXPIRING.title", Map.of("left", ITALIAN.count("left", 7))))
        .isEqualTo("L'accesso a Meta scade tra 7 giorni");
  }

  @Test
  void countsDaysThatHaveBegun() {
    var now = Instant.parse("2026-11-21T10:00:00Z");
    assertThat(Days.startedUntil(now.plus(Duration.ofHours(1)), now)).isEqualTo(1);
    assertThat(Days.startedUntil(now.plus(Duration.ofDays(7)), now)).isEqualTo(7);
    assertThat(Days.startedUntil(now.plus(Duration.ofDays(7).plusSeconds(1)), now)).isEqualTo(8);
    assertThat(Days.startedUntil(now, now)).isZero();
    assertThat(Days.startedUntil(now.minusSeconds(1), now)).isZero();
  }

  @Test
  void hasWordsForEachClock() {
    assertThat(ENGLISH.keys())
        .containsAll(
            Arrays.stream(ExpiryClock.values())
                .map(each -> "EXPIRING." + each + ".message")
                .toList());
  }

  @Test
  void speaksARegionsLanguageAndRefusesOneItDoesNotKnow() {
    assertThat(Texts.in(Locale.ITALY).get("status.connected")).isEqualTo("Connesso");
    assertThatThrownBy(() -> Texts.in(Locale.of("tlh")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tlh");
  }
}
