package io.tokenwarden.gateway.intake;

import io.tokenwarden.gateway.request.MalformedException;
import io.tokenwarden.gateway.request.MultipartReader;
import io.tokenwarden.gateway.request.SentFile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.List;

/// The files of one call, from their first byte until the call is over. Used on the event loop of
/// the call.
final class Upload implements MultipartReader.Files {

  private static final int MOST_FILES = 20;
  private static final int MUCH = 1024 * 1024;

  private final Spool spool;
  private final List<Content> contents = new ArrayList<>();
  private final List<SentFile> files = new ArrayList<>();
  private Future<Void> written = Future.succeededFuture();
  private long waiting;
  private long taken;
  private boolean over;
  private Runnable drained = () -> {};

  Upload(Spool spool) {
    this.spool = spool;
  }

  // ---- from the caller

  @Override
  public void begin(String name, String filename, String type) {
    if (files.size() == MOST_FILES) {
      throw new MalformedException("A call has at most %d files".formatted(MOST_FILES));
    }
    Content content = new Content(spool.open());
    contents.add(content);
    files.add(new SentFile(name, filename, type, content));
  }

  @Override
  public void write(byte[] bytes, int from, int to) {
    int length = to - from;
    if (!spool.take(length)) {
      throw new NoRoomException();
    }
    taken += length;
    waiting += length;
    Future<Void> one =
        contents.getLast().write(Buffer.buffer(length).appendBytes(bytes, from, length));
    one.onComplete(_ -> onDisk(length));
    written = written.compose(_ -> one);
  }

  private void onDisk(int length) {
    waiting -= length;
    if (waiting == 0) {
      drained.run();
    }
  }

  /// Whether so much waits for the disk that no more should come.
  boolean isFull() {
    return waiting > MUCH;
  }

  /// @param then whenever nothing waits for the disk any more
  void drained(Runnable then) {
    drained = then;
  }

  // ---- afterwards

  /// Completes once all of them are on the disk.
  Future<List<SentFile>> files() {
    return written.map(_ -> List.copyOf(files));
  }

  /// The call is over, whatever came of it.
  void delete() {
    if (!over) {
      over = true;
      contents.forEach(Content::close);
      spool.giveBack(taken);
    }
  }

  private static final class Content implements SentFile.Content {

    private final Future<AsyncFile> file;
    private long length;

    Content(Future<AsyncFile> file) {
      this.file = file;
    }

    Future<Void> write(Buffer bytes) {
      length += bytes.length();
      return file.compose(it -> it.write(bytes));
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public Future<Void> writeTo(WriteStream<Buffer> out) {
      return file.compose(it -> it.setReadPos(0).pipe().endOnComplete(false).to(out));
    }

    void close() {
      file.onSuccess(AsyncFile::close);
    }
  }
}
