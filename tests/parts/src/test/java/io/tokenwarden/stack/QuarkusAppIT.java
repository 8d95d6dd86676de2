package io.tokenwarden.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.embedded.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarkusAppIT {
  @TempDir Path home;

  private ReservedPort port;
  private Path jar;
  private QuarkusApp app;

  @BeforeEach
  void pack() throws IOException {
    jar = home.resolve("service/quarkus-run.jar");
    FakeService.pack(jar);
    port = ReservedPort.any();
    app =
        new QuarkusApp(
            "fake",
            jar,
            "64m",
            "http://" + port.address(),
            "/",
            Map.of("QUARKUS_HTTP_PORT", Integer.toString(port.number())),
            home.resolve("fake.log"));
  }

  @AfterEach
  void end() {
    app.stop();
    port.close();
  }

  @Test
  void startsFromItsArchiveOnceItWasRehearsed() {
    // given
    assertThat(app.isRehearsed()).isFalse();

    // when
    app.rehearse();

    // then
    assertThat(app.isReady()).as("it was ended").isFalse();
    assertThat(app.isRehearsed()).isTrue();
    assertThat(commandOfAStart()).contains("-XX:SharedArchiveFile=");
  }

  @Test
  void knowsThatAnotherPackageWasRehearsed() throws IOException {
    // given
    app.rehearse();

    // when
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(1)));

    // then
    assertThat(app.isRehearsed()).isFalse();
    assertThat(commandOfAStart()).doesNotContain("-XX:SharedArchiveFile=");
  }

  @Test
  void writesNothingDownOfWhatDoesNotComeUp() throws IOException {
    // given
    Files.writeString(jar, "no jar");

    // when
    app.rehearse();

    // then
    assertThat(app.isRehearsed()).isFalse();
  }

  private String commandOfAStart() {
    var process = app.start();
    var command = ProcessHandle.of(process.pid()).orElseThrow().info().commandLine().orElseThrow();
    app.stop();
    return command;
  }
}
