package io.tokenwarden.gateway.answer;

/// Reads a text within JSON letter by letter, each together with the bytes that spell it there.
final class Letters {

  interface Reader {
    void letter(int letter, byte[] raw, int from, int to);
  }

  private static final int OPEN = -1;

  /// No structure hangs on it.
  private static final int UNKNOWN = 0xfffd;

  private final Reader reader;
  private final byte[] spelled = new byte[6];
  private int size;

  Letters(Reader reader) {
    this.reader = reader;
  }

  void accept(byte b) {
    spelled[size++] = b;
    int letter = letter();
    if (letter != OPEN) {
      pass(letter);
    }
  }

  /// What was begun is passed on as it is.
  void finish() {
    if (size > 0) {
      pass(UNKNOWN);
    }
  }

  private void pass(int letter) {
    reader.letter(letter, spelled, 0, size);
    size = 0;
  }

  private int letter() {
    if (spelled[0] != '\\') {
      return spelled[0] & 0xff;
    }
    if (size == 1) {
      return OPEN;
    }
    if (spelled[1] != 'u') {
      return "bfnrt".indexOf(spelled[1]) >= 0 ? ' ' : spelled[1] & 0xff;
    }
    if (size > 2 && Letter.hex(spelled, size - 1, 1) < 0) {
      return UNKNOWN;
    }
    return size < spelled.length ? OPEN : Letter.hex(spelled, 2, 4);
  }
}
