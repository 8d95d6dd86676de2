package io.tokenwarden.bench;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.FleetPlan;
import io.tokenwarden.testsupport.fleet.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// How long after a kill -9, with a restart at once, the product works again; beside how long what
/// was killed itself needs, measured in the same kill.
final class Recovery implements Benchmark {

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public String question() {
    return "Seconds from a kill -9, followed by a restart at once, until a change made after it has"
        + " reached those who were cut off from it; beside how long what was killed needs by itself.";
  }

  @Override
  public List<Measure> run(int rounds, Consumer<String> say) {
    try (var fleet = Fleet.start(FleetPlan.single())) {
      var change = new HealthChange(fleet);
      var floors = new Floors(fleet);
      Map<String, Kill> kills = new LinkedHashMap<>();
      kills.put("broker", broker(fleet, change, floors));
      kills.put("database", database(fleet, change, floors));
      for (var service : Service.values()) {
        kills.put(service.id(), service(fleet, change, service));
      }
      return measured(kills, rounds, say, fleet::heal);
    }
  }

  private static List<Measure> measured(
      Map<String, Kill> kills, int rounds, Consumer<String> say, Runnable heal) {
    Map<String, List<Double>> ours = new LinkedHashMap<>();
    Map<String, List<Double>> floor = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (var kill : kills.entrySet()) {
        var times = kill.getValue().happens();
        say.accept("round %d, %s: %s".formatted(round, kill.getKey(), times));
        ours.computeIfAbsent(kill.getKey(), _ -> new ArrayList<>()).add(times.ours());
        floor.computeIfAbsent(kill.getKey(), _ -> new ArrayList<>()).add(times.floor());
        heal.run();
      }
    }
    return kills.entrySet().stream()
        .map(kill ->
            new Measure(
                kill.getKey() + " killed",
                "s",
                ours.get(kill.getKey()),
                kill.getValue().floorIs(),
                floor.get(kill.getKey())))
        .toList();
  }

  private static Kill broker(Fleet fleet, HealthChange change, Floors floors) {
    return new Kill(
        fleet.kafka()::kill,
        fleet.kafka()::restart,
        "a plain producer's next acknowledged record",
        floors::produces,
        () -> change.reaches(List.of(Service.values())));
  }

  private static Kill database(Fleet fleet, HealthChange change, Floors floors) {
    return new Kill(
        fleet.postgres()::kill,
        fleet.postgres()::restart,
        "a plain client's next committed insert",
        floors::inserts,
        () -> change.reaches(List.of(Service.values())));
  }

  private static Kill service(Fleet fleet, HealthChange change, Service service) {
    Replica replica = fleet.replica(service);
    return new Kill(
        replica::kill,
        () -> startAndAwait(replica),
        "its own start until it says it is ready",
        () -> {},
        () -> change.reaches(List.of(service)));
  }

  private static void startAndAwait(Replica replica) {
    replica.start();
    replica.awaitReady();
  }

  /// @param restart returns when what was killed is there again
  /// @param floor returns when it does by itself what it is there for
  /// @param ours returns when the product works again
  private record Kill(
      Runnable kill, Runnable restart, String floorIs, Runnable floor, Runnable ours) {

    /// All three at once, each on a thread of its own: the common pool may have fewer.
    Times happens() {
      kill.run();
      long killed = System.nanoTime();
      try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
        var restarted = CompletableFuture.runAsync(restart, threads);
        var floorTime = CompletableFuture.supplyAsync(timed(killed, restarted, floor), threads);
        var oursTime = CompletableFuture.supplyAsync(timed(killed, restarted, ours), threads);
        return new Times(oursTime.join(), floorTime.join());
      }
    }

    private static Supplier<Double> timed(
        long since, CompletableFuture<Void> restarted, Runnable work) {
      return () -> {
        work.run();
        restarted.join();
        return (System.nanoTime() - since) / 1e9;
      };
    }
  }

  private record Times(double ours, double floor) {
    @Override
    public String toString() {
      return "%.2f s, floor %.2f s".formatted(ours, floor);
    }
  }
}
