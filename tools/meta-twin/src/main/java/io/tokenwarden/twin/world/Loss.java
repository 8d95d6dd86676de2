package io.tokenwarden.twin.world;

/// In which words Meta says that something is no longer within a person's reach. Both have been
/// seen.
public enum Loss {
  /// 100/33: as if it did not exist.
  UNKNOWN_OBJECT,
  /// 200: its owner has not granted it. Meta says so of ad accounts alone.
  NOT_GRANTED
}
