package io.tokenwarden.gateway.intake;

import io.tokenwarden.gateway.UploadConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Where the files of uploads lie while they are judged and sent on. A file loses its name as soon
/// as it is open, so nobody else can open it, and nothing of it is left when it is closed, or when
/// the process dies.
@ApplicationScoped
class Spool {

  private final Vertx vertx;
  private final String folder;
  private final long limit;
  private final AtomicLong room;

  @Inject
  Spool(Vertx vertx, UploadConfig config) {
    this.vertx = vertx;
    this.folder = config.folder().map(Path::toString).orElse(null);
    this.limit = config.limit().asLongValue();
    this.room = new AtomicLong(config.disk().asLongValue());
  }

  /// Bytes that one body may have.
  long limit() {
    return limit;
  }

  Upload upload() {
    return new Upload(this);
  }

  Future<AsyncFile> open() {
    OpenOptions options =
        new OpenOptions().setRead(true).setWrite(true).setCreate(false).setDeleteOnClose(true);
    return vertx
        .fileSystem()
        .createTempFile(folder, "tokenwarden-", ".upload", "rw-------")
        .compose(path -> vertx.fileSystem().open(path, options));
  }

  /// @return whether there is so much room; it is taken until it is given back
  boolean take(long bytes) {
    if (room.addAndGet(-bytes) >= 0) {
      return true;
    }
    room.addAndGet(bytes);
    return false;
  }

  void giveBack(long bytes) {
    room.addAndGet(bytes);
  }
}
