package io.tokenwarden.gateway.request;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/// A file that came with a call.
///
/// @param name of the parameter it stands for
/// @param filename as the caller calls it
/// @param type its media type
public record SentFile(String name, String filename, String type, Content content) {

  /// Its bytes, which are kept until the call is over.
  public interface Content {
    long length();

    /// All of them, no faster than they are taken. Does not end the stream.
    Future<Void> writeTo(WriteStream<Buffer> out);
  }
}
