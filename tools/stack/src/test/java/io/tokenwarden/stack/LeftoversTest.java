package io.tokenwarden.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  @TempDir Path folder;

  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void endsWhatAKilledStackLeftBehind() throws InterruptedException {
    // given
    var file = folder.resolve("processes.json");
    new Leftovers(file).add("notifier", process.pid());

    // when
    var ended = new Leftovers(file).end();

    // then
    assertThat(ended).containsExactly("notifier");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leavesAStrangerWithTheSameIdAlone() throws IOException {
    // given
    var file = folder.resolve("processes.json");
    Files.writeString(
        file,
        "{\"processes\":[{\"name\":\"notifier\",\"pid\":%d,\"startedAt\":1}]}"
            .formatted(process.pid()));

    // when
    var ended = new Leftovers(file).end();

    // then
    assertThat(ended).isEmpty();
    assertThat(process.isAlive()).isTrue();
  }
}
