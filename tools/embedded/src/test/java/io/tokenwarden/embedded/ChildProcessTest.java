package io.tokenwarden.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  @TempDir Path folder;

  @Test
  void keepsWhatItPrintedAndItsExitCode() {
    // when
    var child = shell("echo $GREETING; exit 3", Map.of("GREETING", "hello"));

    // then
    assertThat(child.onExit().join()).isEqualTo(3);
    assertThat(child.tail()).isEqualTo("hello");
  }

  @Test
  void killsWhatDoesNotEndWhenAsked() {
    // given
    var child = shell("trap '' TERM; echo ready; while :; do sleep 0.1; done", Map.of());
    assertThat(Wait.upTo(Duration.ofSeconds(10)).until(() -> child.tail().equals("ready")))
        .isTrue();

    // when
    child.stop(Duration.ofMillis(200));

    // then
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void endsWithTheJvmThatStartedIt() throws Exception {
    // given
    var pidFile = folder.resolve("pid");
    var jvm =
        new ProcessBuilder(
                Programs.java(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jvm.log").toFile())
            .start();
    assertThat(Wait.upTo(Duration.ofSeconds(20)).until(() -> Files.exists(pidFile))).isTrue();
    var child = ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();

    // when
    jvm.destroy();
    jvm.waitFor();

    // then
    assertThat(child.isAlive()).isFalse();
  }

  /// Starts a child that would never end, writes down its id, and waits for its own end.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      var folder = Path.of(args[0]);
      var child =
          ChildProcess.start(
              new ChildProcess.Spec(
                  "sleeper",
                  List.of("/bin/sh", "-c", "while :; do sleep 0.1; done"),
                  Map.of(),
                  folder,
                  folder.resolve("sleeper.log")));
      var fresh = Files.writeString(folder.resolve("pid.new"), Long.toString(child.pid()));
      Files.move(fresh, folder.resolve("pid"));
      Thread.currentThread().join();
    }
  }

  private ChildProcess shell(String script, Map<String, String> environment) {
    return ChildProcess.start(
        new ChildProcess.Spec(
            "script",
            List.of("/bin/sh", "-c", script),
            environment,
            folder,
            folder.resolve("script.log")));
  }
}
