package io.tokenwarden.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The steps of a run, in the order they happened. The first step that is not observed is the last.
final class Timeline {

  private final Narrator narrator;
  private final List<Step> steps = new ArrayList<>();
  private final long startedAt = System.nanoTime();

  Timeline(Narrator narrator) {
    this.narrator = narrator;
  }

  /// Plays a step and tells how it went.
  ///
  /// @param play returns the proof
  /// @throws NotObservedException if the step was not observed; it has been told by then
  void step(String name, Supplier<List<String>> play) {
    yielding(name, play, proof -> proof);
  }

  /// Plays a step whose result the next ones need.
  ///
  /// @param proof taken from the result
  /// @throws NotObservedException if the step was not observed; it has been told by then
  <T> T yielding(String name, Supplier<T> play, Function<T, List<String>> proof) {
    narrator.begins(name);
    long begin = System.nanoTime();
    try {
      var result = play.get();
      add(Step.observed(name, millisSince(begin), proof.apply(result)));
      return result;
    } catch (NotObservedException | NoAnswerException e) {
      add(Step.missed(name, millisSince(begin), e.getMessage()));
      throw new NotObservedException(e.getMessage());
    }
  }

  Outcome outcome() {
    return new Outcome(
        steps.stream().allMatch(Step::observed), millisSince(startedAt), List.copyOf(steps));
  }

  private void add(Step step) {
    steps.add(step);
    narrator.tells(step);
  }

  private static long millisSince(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  /// The whole run.
  record Outcome(boolean observed, long millis, List<Step> steps) {}
}
