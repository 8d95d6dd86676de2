package io.tokenwarden.twin.runs;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A report that was asked for.
///
/// @param subject id of the ad account, campaign, ad set or ad it is about, as it stood in the path
/// @param parameters what the report was asked with
/// @param polls how often it was polled
public record ReportRun(
    String id,
    String accountId,
    String subject,
    Map<String, String> parameters,
    RunHabit habit,
    AtomicInteger polls) {

  /// What the next poll finds.
  public Progress poll() {
    return at(polls.incrementAndGet());
  }

  /// Whether a poll has found it completed.
  public boolean isCompleted() {
    return at(polls.get()) instanceof Progress.Completed;
  }

  private Progress at(int poll) {
    var known = poll - habit.unknownPolls();
    if (known <= 0) {
      return new Progress.Unknown();
    }
    if (known == 1) {
      return new Progress.NotStarted();
    }
    var running = known - 1;
    if (running <= habit.runningPolls()) {
      return new Progress.Running(100 * running / (habit.runningPolls() + 1));
    }
    return habit.failure() == null
        ? new Progress.Completed()
        : new Progress.Failed(habit.failure());
  }
}
