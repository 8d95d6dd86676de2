package io.tokenwarden.gateway.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What Graph can be told to do. It knows no other.
public enum Verb {
  GET,
  POST,
  DELETE;

  /// As HTTP spells it.
  static Optional<Verb> of(String method) {
    return Arrays.stream(values()).filter(verb -> verb.name().equals(method)).findFirst();
  }

  /// As the parameter `method` spells it, which takes any case.
  static Optional<Verb> override(String value) {
    return of(value.toUpperCase(Locale.ROOT));
  }
}
