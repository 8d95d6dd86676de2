package io.tokenwarden.auth.handoff;

import java.util.Optional;

/// The code Meta sends a person back with. It is worth a token, once: we keep its SHA-256.
record Code(String value) {
  private static final int LONGEST = 4_000;

  Code {
    if (value == null || value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException("Not a code");
    }
  }

  /// @return empty if the person came back without one
  static Optional<Code> of(String text) {
    return text == null || text.isEmpty() || text.length() > LONGEST
        ? Optional.empty()
        : Optional.of(new Code(text));
  }

  byte[] hash() {
    return OneTimeSecret.sha256(value);
  }

  @Override
  public String toString() {
    return "Code[****]";
  }
}
