package io.tokenwarden.bench;

import java.util.List;
import java.util.function.Consumer;

/// One thing that is measured beside its peer.
interface Benchmark {

  /// By which it is asked for.
  String name();

  /// What is measured, in a sentence that a reader of the table needs.
  String question();

  /// @param rounds how often everything is measured
  /// @param say told what is going on
  List<Measure> run(int rounds, Consumer<String> say);
}
