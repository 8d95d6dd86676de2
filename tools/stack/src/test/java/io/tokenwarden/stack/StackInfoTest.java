package io.tokenwarden.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackInfoTest {

  @TempDir Path folder;

  @Test
  void saysWhereEverythingIsInTheDocumentedShape() throws IOException {
    // given
    var file = folder.resolve("stack.json");

    // when
    info(null).write(file);

    // then
    var mapper = new ObjectMapper();
    assertThat(mapper.readTree(file.toFile()))
        .isEqualTo(
            mapper.readTree(
                """
                {
                  "console": "http://localhost:8080",
                  "services": {"auth-service": "http://localhost:8081"},
                  "kafka": "localhost:19092",
                  "postgres": {
                    "url": "postgresql://localhost:15432/tokenwarden",
                    "user": "postgres",
                    "password": "local"
                  },
                  "issuer": "http://localhost:8090/tokenwarden",
                  "metaTwin": null,
                  "pids": {"auth-service": 42},
                  "logs": "/somewhere/logs"
                }
                """));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isReadAsItWasWritten() {
    // given
    var info = info("http://localhost:8091");
    info.write(folder.resolve("stack.json"));

    // when
    var read = StackInfo.read(folder.resolve("stack.json"));

    // then
    assertThat(read).contains(info);
  }

  @Test
  void keepsThePasswordOutOfMessages() {
    assertThat(info(null).toString()).doesNotContain("password=local").contains("****");
  }

  private static StackInfo info(String twin) {
    return new StackInfo(
        "http://localhost:8080",
        Map.of("auth-service", "http://localhost:8081"),
        "localhost:19092",
        new StackInfo.Database("postgresql://localhost:15432/tokenwarden", "postgres", "local"),
        "http://localhost:8090/tokenwarden",
        twin,
        Map.of("auth-service", 42L),
        "/somewhere/logs");
  }
}
