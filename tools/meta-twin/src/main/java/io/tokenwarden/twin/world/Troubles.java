package io.tokenwarden.twin.world;

/// What keeps Meta from serving a person while their tokens live.
///
/// @param checkpoint null while there is none to pass
/// @param block what may not be written; null while everything may
/// @param disputed whether calls are told that the session is over, though it is not: inspection
///   calls the same tokens valid
public record Troubles(Checkpoint checkpoint, PolicyBlock block, boolean disputed) {

  static final Troubles NONE = new Troubles(null, null, false);

  public Troubles with(Checkpoint newCheckpoint) {
    return new Troubles(newCheckpoint, block, disputed);
  }

  public Troubles with(PolicyBlock newBlock) {
    return new Troubles(checkpoint, newBlock, disputed);
  }

  public Troubles disputed(boolean now) {
    return new Troubles(checkpoint, block, now);
  }
}
