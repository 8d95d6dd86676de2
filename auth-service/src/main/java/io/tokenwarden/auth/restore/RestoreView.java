package io.tokenwarden.auth.restore;

import java.time.Instant;
import java.util.UUID;

/// How far the leap after a restore is.
///
/// @param id null if there never was one; all else is empty then
/// @param total connections
/// @param finishedAt null while it is under way
record RestoreView(
    UUID id, Instant since, String startedBy, long total, long done, Instant finishedAt) {
  static final RestoreView NONE = new RestoreView(null, null, null, 0, 0, null);
}
