package io.tokenwarden.contracts;

import java.util.Optional;

/// What came of reading a record.
public sealed interface Decoded {

  /// A fact we know.
  record Known(EventMeta meta, Event event) implements Decoded {}

  /// A fact of a type this version does not know: skip and count it.
  record UnknownType(String type) implements Decoded {}

  /// A null value on a compacted topic: the key was deleted.
  record Tombstone(Topic topic, Optional<String> key) implements Decoded {}

  /// No fact at all: it belongs on the dead-letter topic.
  record Rejected(Rejection why) implements Decoded {}

  /// Why a record is rejected, as codes: a parser's words may repeat what the record holds.
  enum Rejection {
    /// The headers are not CloudEvents' or the value is not JSON.
    UNDECODABLE,
    /// It is JSON, but not what its type promises.
    INVALID,
    /// Larger than any fact of ours.
    TOO_LARGE
  }
}
