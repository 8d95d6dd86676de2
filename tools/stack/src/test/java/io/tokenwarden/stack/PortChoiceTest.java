package io.tokenwarden.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortChoiceTest {

  @Test
  void takesThePreferredPortWhileNobodyHasIt() {
    // given
    var choice = new PortChoice(port -> true, () -> 50_000);

    // when
    int port = choice.choose("Kafka", 19092);

    // then
    assertThat(port).isEqualTo(19092);
    assertThat(choice.notices()).isEmpty();
  }

  @Test
  void replacesATakenPortAndSaysSo() {
    // given
    var choice = new PortChoice(port -> port != 19092, () -> 50_000);

    // when
    int port = choice.choose("Kafka", 19092);

    // then
    assertThat(port).isEqualTo(50_000);
    assertThat(choice.notices()).containsExactly("Port 19092 is taken: Kafka listens on 50000");
  }

  @Test
  void givesEachPortOnce() {
    // given
    var choice = new PortChoice(port -> true, () -> 50_000);
    choice.choose("one", 8080);

    // when
    int other = choice.choose("other", 8080);

    // then
    assertThat(other).isEqualTo(50_000);
  }
}
