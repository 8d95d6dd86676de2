package io.tokenwarden.notifier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.notifier.Facts;
import io.tokenwarden.notifier.text.Texts;
import io.tokenwarden.testsupport.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
  private static final Facts FACTS = Facts.of("demo");
  private static final Texts TEXTS = Texts.in(Locale.ENGLISH);
  private final MutableClock clock = MutableClock.at("2026-11-21T10:15:30Z");

  @Test
  void isGreenWithoutACondition() {
    assertThat(status()).extracting(Status::look, Status::words).contains(Look.GREEN, "Connected");
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH_EXPIRED,           YELLOW, Token expired — Reconnect, Auth expired",
    "RECONNECT_REQUIRED,     YELLOW, Not usable — Reconnect, Reconnect required",
    "CHECKPOINT,             YELLOW, Resolve at facebook.com,   Checkpoint",
    "MISSING_SCOPE, AMBER, Working in part, Missing scope",
    "AD_ACCOUNT_UNAVAILABLE, AMBER, Working in part, Ad account unavailable",
    "PIXEL_UNAVAILABLE, AMBER, Working in part, Pixel unavailable",
    "BLOCKED_BY_META, AMBER, Working in part, Blocked by Meta"
  })
  void saysWhatIsWrong(ConditionKind kind, Look look, String words, String banner) {
    var status = status(FACTS.condition(kind, null, null, Remedy.RECONNECT, null));
    assertThat(status.look()).isEqualTo(look);
    assertThat(status.words()).isEqualTo(words);
    assertThat(status.banner()).contains(banner);
  }

  @ParameterizedTest
  @CsvSource({"PT72H, Expiring in 3 days", "PT71H, Expiring in 3 days", "PT5H, Expiring in 1 day"})
  void countsTheDaysThatAreLeft(Duration left, String words) {
    var status = status(FACTS.expiring(left));
    assertThat(status.look()).isEqualTo(Look.AMBER);
    assertThat(status.words()).isEqualTo(words);
  }

  @Test
  void countsTheDaysFromNowAndNotFromWhenItWasAnnounced() {
    // given
    var expiring = FACTS.expiring(Duration.ofDays(7));

    // when
    clock.advance(Duration.ofDays(5));

    // then
    assertThat(status(expiring).words()).isEqualTo("Expiring in 2 days");
  }

  @Test
  void letsTheWorstSpeak() {
    var status = status(FACTS.expiring(Duration.ofDays(1)), FACTS.authExpired());
    assertThat(status.words()).isEqualTo("Token expired — Reconnect");
    assertThat(status.remedy()).contains(Remedy.RECONNECT);
  }

  @Test
  void saysThatTheAppIsBlockedAndAsksForNoReconnect() {
    // given
    var dead = FACTS.health(1, FACTS.authExpired()).connection().health();

    // when
    var status = Status.ofBlockedApp(dead, TEXTS);

    // then
    assertThat(status.look()).isEqualTo(Look.YELLOW);
    assertThat(status.words()).isEqualTo("Blocked by Meta");
    assertThat(status.banner()).contains("App blocked");
    assertThat(status.remedy()).contains(Remedy.WAIT_OR_RESOLVE);
    var ended = FACTS.disconnected(3).connection().health();
    assertThat(Status.ofBlockedApp(ended, TEXTS).look()).isEqualTo(Look.GREY);
  }

  @Test
  void isGreyOnceItWasEnded() {
    var status = Status.of(FACTS.disconnected(3).connection().health(), List.of(), TEXTS, clock);
    assertThat(status.look()).isEqualTo(Look.GREY);
    assertThat(status.words()).isEqualTo("Disconnected");
  }

  private Status status(Condition... conditions) {
    var health = FACTS.health(1, conditions).connection().health();
    return Status.of(health, List.of(), TEXTS, clock);
  }
}
