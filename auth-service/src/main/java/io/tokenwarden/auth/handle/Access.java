package io.tokenwarden.auth.handle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/// How much of the connection's power a handle has.
enum Access {
  @JsonProperty("read")
  READ,
  @JsonProperty("write")
  WRITE;

  /// @param text as callers write it, such as `read`
  static Optional<Access> of(String text) {
    return switch (text) {
      case "read" -> Optional.of(READ);
      case "write" -> Optional.of(WRITE);
      case null, default -> Optional.empty();
    };
  }

  /// The name in JSON.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
