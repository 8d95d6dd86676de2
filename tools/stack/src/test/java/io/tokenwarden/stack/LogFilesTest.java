package io.tokenwarden.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

  @TempDir Path folder;

  @Test
  void keepsTheLogOfThePreviousRun() throws IOException {
    // given
    var logs = new LogFiles(folder, 100);
    Files.writeString(folder.resolve("kafka.log"), "previous");
    Files.writeString(folder.resolve("kafka.log.1"), "the one before");

    // when
    logs.rotate("kafka");

    // then
    assertThat(folder.resolve("kafka.log")).doesNotExist();
    assertThat(folder.resolve("kafka.log.1")).hasContent("previous");
  }

  @Test
  void cutsALogThatGrewTooLarge() throws IOException {
    // given
    var logs = new LogFiles(folder, 5);
    Files.writeString(folder.resolve("large.log"), "123456");
    Files.writeString(folder.resolve("small.log"), "12345");

    // when
    logs.bound();

    // then
    assertThat(folder.resolve("large.log")).isEmptyFile();
    assertThat(folder.resolve("large.log.1")).hasContent("123456");
    assertThat(folder.resolve("small.log")).hasContent("12345");
  }
}
