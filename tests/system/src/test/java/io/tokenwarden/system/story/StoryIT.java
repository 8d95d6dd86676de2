package io.tokenwarden.system.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.system.stack.RunningStack;
import org.junit.jupiter.api.Test;

/// The whole story on the packaged product, told by its own demo: connected, synced, dead, blocked,
/// told, reconnected, resumed, filled, resolved; each step observed and proved.
class StoryIT {
  /// Played so often in a row on the same data.
  private static final int ROUNDS = Boolean.getBoolean("long") ? 3 : 1;

  @Test
  void theStoryIsObservedAgainAndAgainAndAfterARestart() {
    // given
    var stack = RunningStack.shared();
    for (int round = 1; round <= ROUNDS; round++) {
      var told = stack.run("demo");
      assertThat(told.exitCode()).as("round %d%n%s", round, told.output()).isZero();
    }

    // when
    stack.stop();
    stack.start();
    var told = stack.run("demo");

    // then
    assertThat(told.exitCode()).as("after a restart%n%s", told.output()).isZero();
  }

  @Test
  void theDemoFailsAndNamesTheStepThatNobodyTakes() throws Exception {
    // given
    var stack = RunningStack.shared();
    signal("STOP", stack.pid("notifier"));

    // when
    var told = stack.run("demo", "--timeout", "25");
    signal("CONT", stack.pid("notifier"));

    // then
    assertThat(told.exitCode()).as(told.output()).isEqualTo(1);
    assertThat(told.output().lines().filter(line -> line.startsWith("✗")))
        .singleElement()
        .asString()
        .contains("exactly one notification");
  }

  private static void signal(String name, long pid) throws Exception {
    var sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    assertThat(sent.waitFor()).isZero();
  }
}
