package io.tokenwarden.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.configuration.MemorySize;
import io.tokenwarden.gateway.UploadConfig;
import io.tokenwarden.gateway.request.MalformedException;
import io.tokenwarden.gateway.request.SentFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final int DISK = 1_000_000;

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void keepsAFileWithoutANameUntilTheCallIsOver() throws IOException {
    // given
    Spool spool = spool();
    Upload upload = spool.upload();
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);

    // when
    upload.begin("source", "a.png", "image/png");
    upload.write(bytes, 0, 100_000);
    upload.write(bytes, 100_000, bytes.length);
    List<SentFile> files = join(upload.files());

    // then
    assertThat(files.getFirst().content().length()).isEqualTo(bytes.length);
    assertThat(copy(files.getFirst())).isEqualTo(bytes);
    try (var names = Files.list(folder)) {
      assertThat(names.filter(name -> name.toString().endsWith(".upload"))).isEmpty();
    }

    // and
    upload.delete();
    assertThat(spool.take(DISK)).isTrue();
  }

  @Test
  void givesItsRoomBackOnce() {
    // given
    Spool spool = spool();
    Upload upload = spool.upload();
    upload.begin("source", "a.png", "image/png");
    upload.write(new byte[10], 0, 10);

    // when
    upload.delete();
    upload.delete();

    // then
    assertThat(spool.take(DISK)).isTrue();
    assertThat(spool.take(1)).isFalse();
    join(upload.files());
  }

  @Test
  void takesNoMoreThanThereIsRoomFor() {
    // given
    Spool spool = spool();
    Upload upload = spool.upload();
    upload.begin("source", "a.png", "image/png");
    spool.take(DISK - 10);

    // then
    upload.write(new byte[10], 0, 10);
    assertThatThrownBy(() -> upload.write(new byte[1], 0, 1)).isInstanceOf(NoRoomException.class);
    join(upload.files());
  }

  @Test
  void saysWhenTheDiskIsSlowerThanTheCaller() {
    // given
    Upload upload = new Spool(vertx, config(10 * DISK)).upload();
    boolean[] drained = {false};
    upload.drained(() -> drained[0] = true);

    // when
    upload.begin("source", "a.png", "image/png");
    upload.write(new byte[2_000_000], 0, 2_000_000);

    // then
    assertThat(upload.isFull()).isTrue();
    await().atMost(Duration.ofSeconds(20)).until(() -> drained[0] && !upload.isFull());
  }

  @Test
  void takesAFewFilesOnly() {
    Upload upload = spool().upload();
    for (int i = 0; i < 20; i++) {
      upload.begin("f" + i, "a", "b");
      upload.write(new byte[1], 0, 1);
    }
    join(upload.files());

    assertThatThrownBy(() -> upload.begin("more", "a", "b")).isInstanceOf(MalformedException.class);
    upload.delete();
  }

  private byte[] copy(SentFile file) throws IOException {
    Path copy = folder.resolve("copy");
    join(
        vertx
            .fileSystem()
            .open(copy.toString(), new OpenOptions())
            .compose(out -> file.content().writeTo(out).compose(_ -> out.close())));
    return Files.readAllBytes(copy);
  }

  private Spool spool() {
    return new Spool(vertx, config(DISK));
  }

  private UploadConfig config(long disk) {
    return new UploadConfig() {
      @Override
      public MemorySize limit() {
        return new MemorySize(BigInteger.valueOf(disk));
      }

      @Override
      public MemorySize disk() {
        return new MemorySize(BigInteger.valueOf(disk));
      }

      @Override
      public Optional<Path> folder() {
        return Optional.of(folder);
      }
    };
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
