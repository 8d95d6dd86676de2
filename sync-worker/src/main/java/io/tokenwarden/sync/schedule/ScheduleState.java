package io.tokenwarden.sync.schedule;

/// What an ad account's schedule is doing.
public enum ScheduleState {
  RUNNING,
  /// No connection of the workspace can read the account.
  BLOCKED,
  /// An operator stopped it.
  PAUSED
}
