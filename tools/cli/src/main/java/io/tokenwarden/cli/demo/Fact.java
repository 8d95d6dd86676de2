package io.tokenwarden.cli.demo;

import io.tokenwarden.contracts.Event;

/// A fact and where it lies.
record Fact<E extends Event>(String topic, int partition, long offset, E event) {

  /// `topic@partition:offset`.
  String proof() {
    return "%s@%d:%d".formatted(topic, partition, offset);
  }
}
