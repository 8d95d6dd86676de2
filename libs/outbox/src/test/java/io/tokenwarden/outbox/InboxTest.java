package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InboxTest {
  /// A dead letter may lie for 30 days, and its replay for 7 more.
  private static final Duration LONGEST_DETOUR = Duration.ofDays(37);

  @Test
  void refusesToStartIfAReplayCouldTakeEffectTwice() {
    // given
    var inbox = remembering(LONGEST_DETOUR);

    // when
    assertThatThrownBy(() -> inbox.checkAtStart(new StartupEvent()))

        // then
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("INBOX_RETENTION must be longer")
        .hasMessageContaining("37 days");
  }

  @Test
  void startsIfItRemembersLongerThanARecordCanBeUnderWay() {
    // given
    var inbox = remembering(LONGEST_DETOUR.plusSeconds(1));

    // when
    assertThatCode(() -> inbox.checkAtStart(new StartupEvent()))

        // then
        .doesNotThrowAnyException();
  }

  private static Inbox remembering(Duration retention) {
    return new Inbox(() -> retention, Clock.systemUTC());
  }
}
