package io.tokenwarden.cli.demo;

/// One look at something that should come to be.
sealed interface Observation<T> {

  /// It is so.
  record Seen<T>(T value) implements Observation<T> {}

  /// It is not so yet, or not at all.
  ///
  /// @param instead what there is, in words for the person who runs the demo
  record NotYet<T>(String instead) implements Observation<T> {}

  static <T> Observation<T> seen(T value) {
    return new Seen<>(value);
  }

  static <T> Observation<T> notYet(String instead) {
    return new NotYet<>(instead);
  }
}
