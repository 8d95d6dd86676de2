package io.tokenwarden.cli.vault;

import io.tokenwarden.cli.Exit;

/// How far a long work is.
///
/// @param of what is counted
record Progress(String of, long total, long done, long failing, boolean finished) {

  /// For a person.
  String text() {
    var failures = failing == 0 ? "" : ", %d failing".formatted(failing);
    return "%d of %d %s done%s".formatted(done, total, of, failures);
  }

  /// What the command ends with, if it ends now.
  int exit() {
    if (!finished) {
      return Exit.PARTLY_DONE;
    }
    return total == 0 ? Exit.NOTHING_TO_DO : Exit.OK;
  }
}
