package io.tokenwarden.testsupport.check;

import java.util.stream.Stream;

/// Something that must be true of the recorded topics and the tables.
interface Rule {

  /// What is not true, in words; empty if all is well.
  Stream<String> differences();
}
