package io.tokenwarden.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetaChoiceTest {

  private static final LocalSecrets SECRETS =
      new LocalSecrets("123", "made up", "superuser", Map.of(), "session");

  @Test
  void isTheTwinWithTheAppMadeOnce() {
    // when
    var meta = MetaChoice.of(Map.of("META_GRAPH_URL", ""), SECRETS);

    // then
    assertThat(meta).isEqualTo(new MetaChoice.Twin("123", "made up"));
    assertThat(meta.toString()).doesNotContain("made up");
  }

  @Test
  void isTheTwinWithTheAppGiven() {
    // given
    var given = Map.of("META_APP_ID", "456", "META_APP_SECRET", "given");

    // when
    var meta = MetaChoice.of(given, SECRETS);

    // then
    assertThat(meta).isEqualTo(new MetaChoice.Twin("456", "given"));
  }

  @Test
  void isAnotherMetaWhenBothAddressesAreGiven() {
    // given
    var given =
        Map.of("META_GRAPH_URL", "http://localhost:1", "META_DIALOG_URL", "http://localhost:2");

    // when
    var meta = MetaChoice.of(given, SECRETS);

    // then
    assertThat(meta).isEqualTo(new MetaChoice.Other());
    assertThat(meta.app()).isEmpty();
  }

  @Test
  void refusesHalfAnAddressAndHalfAnApp() {
    assertThatThrownBy(() -> MetaChoice.of(Map.of("META_GRAPH_URL", "http://localhost:1"), SECRETS))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("META_DIALOG_URL");
    assertThatThrownBy(() -> MetaChoice.of(Map.of("META_APP_ID", "456"), SECRETS))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("META_APP_SECRET");
  }
}
