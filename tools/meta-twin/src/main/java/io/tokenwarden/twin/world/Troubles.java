package io.tokenwarden.twin.world;

/// What keeps Meta from serving a person while their tokens live.
///
/// @param checkpoint null while there is none to pass
public record Troubles(Checkpoint checkpoint) {

  static final Troubles NONE = new Troubles(null);

  Troubles with(Checkpoint newCheckpoint) {
    return new Troubles(newCheckpoint);
  }
}
