package io.tokenwarden.twin.runs;

/// How far a report has come.
public sealed interface Progress {

  /// It cannot be seen yet.
  record Unknown() implements Progress {}

  record NotStarted() implements Progress {}

  record Running(int percent) implements Progress {}

  record Completed() implements Progress {}

  record Failed(RunHabit.Failure failure) implements Progress {}
}
