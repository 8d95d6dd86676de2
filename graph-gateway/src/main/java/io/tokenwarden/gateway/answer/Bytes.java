package io.tokenwarden.gateway.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow; for one thread, which is why it is cheaper than what the JDK has.
final class Bytes {

  private byte[] bytes = new byte[512];
  private int size;

  void write(byte[] more) {
    write(more, 0, more.length);
  }

  void write(byte[] more, int from, int to) {
    int length = to - from;
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
    System.arraycopy(more, from, bytes, size, length);
    size += length;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// All of them; it is empty afterwards.
  byte[] take() {
    byte[] all = Arrays.copyOf(bytes, size);
    size = 0;
    return all;
  }

  String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
