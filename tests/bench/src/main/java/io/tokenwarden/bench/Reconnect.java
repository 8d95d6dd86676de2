package io.tokenwarden.bench;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.FleetPlan;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// How soon after somebody came back from Meta's dialog the product goes on with the new token,
/// beside how long their browser waits for its page.
final class Reconnect implements Benchmark {
  private static final int TIMES = 20;

  @Override
  public String name() {
    return "reconnect";
  }

  @Override
  public String question() {
    return "Seconds from the callback of a reconnect until all services know of it, the slowest but"
        + " one of %d; beside how long the browser waits for the callback's answer."
            .formatted(TIMES);
  }

  @Override
  public List<Measure> run(int rounds, Consumer<String> say) {
    var ours = new ArrayList<Double>();
    var page = new ArrayList<Double>();
    try (var fleet = Fleet.start(FleetPlan.single())) {
      var client = new Client(fleet);
      var somebody = Somebody.connected(fleet, client);
      for (int round = 1; round <= rounds; round++) {
        var known = new ArrayList<Double>();
        var shown = new ArrayList<Double>();
        for (int time = 0; time < TIMES; time++) {
          happens(client, somebody, known, shown);
        }
        ours.add(slowestButOne(known));
        page.add(slowestButOne(shown));
        say.accept(
            "round %d: %.3f s, page %.3f s".formatted(round, ours.getLast(), page.getLast()));
      }
    }
    return List.of(
        new Measure("everybody knows the new token", "s", ours, "the page of the callback", page));
  }

  private static void happens(
      Client client, Somebody somebody, List<Double> known, List<Double> shown) {
    var request = comesBack(client, somebody);
    long before = somebody.revision();
    long begun = System.nanoTime();
    var page =
        CompletableFuture.supplyAsync(
            () -> seconds(begun, () -> client.send(request)), Thread::startVirtualThread);
    known.add(
        seconds(
            begun,
            () -> {
              Somebody.until(() -> somebody.revision() > before);
              somebody.awaitKnown(List.of(Service.values()));
            }));
    shown.add(page.join());
  }

  private static HttpRequest comesBack(Client client, Somebody somebody) {
    return client.comesBack(
        somebody.person(),
        "{\"workspaceId\":\"demo\",\"connectionId\":\"" + somebody.connection() + "\"}");
  }

  private static double seconds(long begun, Runnable work) {
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  /// Of twenty: the 95th of a hundred.
  private static double slowestButOne(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() - 2);
  }
}
