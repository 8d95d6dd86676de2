package io.tokenwarden.cli.vault;

import io.tokenwarden.cli.Exit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How far a long work is.
///
/// @param of what is counted
/// @param left those with which it does not go as it should
record Progress(String of, long total, long done, Left left, boolean finished) {

  /// @param how what is the matter, in a word
  /// @param names the first of them; empty where they are counted alone
  record Left(String how, long count, List<String> names) {}

  /// For a person.
  String text() {
    var notDone = left.count() == 0 ? "" : ", %d %s".formatted(left.count(), left.how());
    return "%d of %d %s done%s".formatted(done, total, of, notDone);
  }

  /// As [#text], with what is left, line by line.
  String inFull() {
    return Stream.concat(Stream.of(text()), left.names().stream())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /// What the command ends with, if it ends now.
  int exit() {
    if (!finished || left.count() > 0) {
      return Exit.PARTLY_DONE;
    }
    return total == 0 ? Exit.NOTHING_TO_DO : Exit.OK;
  }
}
