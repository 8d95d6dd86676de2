package io.tokenwarden.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Runs the benchmarks that are asked for, or all.
public final class Bench {
  private static final int ROUNDS = 5;

  private static final List<Benchmark> ALL = List.of(new Recovery(), new Reconnect());

  private Bench() {}

  /// @param arguments names; none means all. `-Drounds=N` says how often each is measured
  public static void main(String[] arguments) {
    var wanted = List.of(arguments);
    var unknown = wanted.stream().filter(name -> named(name).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      System.err.println("There is no " + unknown + ". There is: " + names());
      System.exit(2);
    }
    ALL.stream()
        .filter(benchmark -> wanted.isEmpty() || wanted.contains(benchmark.name()))
        .forEach(Bench::run);
  }

  private static List<Benchmark> named(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).toList();
  }

  private static List<String> names() {
    return ALL.stream().map(Benchmark::name).toList();
  }

  private static void run(Benchmark benchmark) {
    int rounds = Integer.getInteger("rounds", ROUNDS);
    var measures = benchmark.run(rounds, System.err::println);
    var report =
        new Report(
            benchmark.name(),
            benchmark.question(),
            Clock.systemUTC().instant(),
            Machine.here(),
            rounds,
            measures);
    var folder = Path.of(System.getProperty("tokenwarden.home"), "tests/bench/target/results");
    report.write(folder);
    System.out.println(report.markdown());
    System.err.println("Written to " + folder);
  }
}
