package io.tokenwarden.cli.demo;

import java.util.List;

/// What the timeline says of one step.
///
/// @param proof where it can be looked up: `topic@partition:offset`, or a call in the twin's log
/// @param seenInstead null if the step was observed
record Step(String name, boolean observed, long millis, List<String> proof, String seenInstead) {

  Step {
    proof = List.copyOf(proof);
  }

  static Step observed(String name, long millis, List<String> proof) {
    return new Step(name, true, millis, proof, null);
  }

  static Step missed(String name, long millis, String seenInstead) {
    return new Step(name, false, millis, List.of(), seenInstead);
  }
}
