package io.tokenwarden.stack;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.JvmEnd;
import io.tokenwarden.stack.PartStatus.State;
import io.tokenwarden.stack.edge.Edge;
import io.tokenwarden.stack.edge.Routes;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A running local stack. Its processes come up in two waves, what the services stand on before the
/// services, and go down in the reverse order. One that dies is started again, and `stack.json`
/// follows.
///
/// A stack whose JVM ends, by SIGTERM or Ctrl-C, is closed first.
public final class Stack implements AutoCloseable {

  private final StackFolder folder;
  private final StackFolder.Lock lock;
  private final StackListener listener;
  private final Leftovers processes;
  private final StackPlan plan;
  private final List<Supervisor> foundation;
  private final List<Supervisor> services;
  private final ScheduledExecutorService janitor = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;
  private Optional<Edge> edge = Optional.empty();
  private Optional<StackInfo> info = Optional.empty();

  private Stack(StackFolder folder, StackFolder.Lock lock, StackPlan plan, StackListener listener) {
    this.folder = folder;
    this.lock = lock;
    this.listener = listener;
    this.processes = new Leftovers(folder.processes());
    this.plan = plan;
    this.foundation = supervised(plan.foundation());
    this.services = supervised(plan.services());
  }

  private List<Supervisor> supervised(List<Part> parts) {
    return parts.stream()
        .map(part -> new Supervisor(part, InstantSource.system(), this::changed))
        .toList();
  }

  /// Starts everything and returns when it is ready.
  ///
  /// @throws StackException if another stack has the folder, something is not built, the settings
  ///   contradict each other, or a process does not come up; nothing of it runs on then
  public static Stack start(StackSettings settings, StackListener listener) {
    var folder = settings.folder();
    var lock =
        folder
            .lock()
            .orElseThrow(() ->
                new StackException(
                    "A stack already runs on " + folder.path() + ". Stop it first (Ctrl-C)."));
    try {
      new Leftovers(folder.processes())
          .end()
          .forEach(name -> listener.said("Ended " + name + ", left behind by a killed stack"));
      var plan = StackPlan.of(settings, listener::said);
      var stack = new Stack(folder, lock, plan, listener);
      JvmEnd.runs(stack::close);
      stack.bringUp();
      return stack;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void bringUp() {
    try {
      PrivateFiles.write(folder.owner(), ProcessHandle.current().pid() + "\n");
      plan.processes().forEach(plan.logs()::rotate);
      announceWaiting();
      startAll(foundation);
      startEdge();
      startAll(services);
      becomeReady();
    } catch (RuntimeException e) {
      boolean stopped = isClosing();
      close();
      throw stopped ? new StackException("Stopped while starting") : e;
    }
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private void announceWaiting() {
    foundation.forEach(part -> listener.changed(part.status()));
    services.forEach(part -> listener.changed(part.status()));
  }

  /// All at once. The first failure counts, and ends the other starts.
  private static void startAll(List<Supervisor> wave) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var started = new ExecutorCompletionService<Void>(threads);
      wave.forEach(part -> started.submit(part::start, null));
      try {
        for (int i = 0; i < wave.size(); i++) {
          started.take().get();
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new StackException("Interrupted while starting", e);
      }
    }
  }

  private synchronized void startEdge() {
    if (!closing) {
      edge = Optional.of(Edge.start(plan.ports().edge(), routes(plan.ports())));
    }
  }

  private static Routes routes(PortPlan ports) {
    var services = ports.services();
    return new Routes(
        services.get(Service.AUTH_SERVICE),
        services.get(Service.TOKEN_REFRESHER),
        services.get(Service.SYNC_WORKER),
        services.get(Service.NOTIFIER),
        services.get(Service.GRAPH_GATEWAY));
  }

  private synchronized void becomeReady() {
    if (closing) {
      throw new StackException("Stopped while starting");
    }
    writeInfo();
    janitor.scheduleWithFixedDelay(plan.logs()::bound, 1, 1, TimeUnit.MINUTES);
    listener.ready(info());
  }

  private void writeInfo() {
    var now = plan.info(pids());
    now.write(folder.stackFile());
    info = Optional.of(now);
  }

  private Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    for (var wave : List.of(foundation, services)) {
      for (var part : wave) {
        part.status().pid().ifPresent(pid -> pids.put(part.status().name(), pid));
      }
    }
    return pids;
  }

  private synchronized void changed(PartStatus status) {
    status
        .pid()
        .filter(_ -> status.state() == State.STARTING || status.state() == State.UP)
        .ifPresent(pid -> processes.add(status.name(), pid));
    if (status.state() == State.UP && info.isPresent() && !closing) {
      writeInfo();
    }
    listener.changed(status);
  }

  /// Where everything is.
  public synchronized StackInfo info() {
    return info.orElseThrow(() -> new IllegalStateException("The stack is not up"));
  }

  /// Waits until it is closed.
  public void await() throws InterruptedException {
    closed.await();
  }

  /// Stops everything, services first. Closing twice waits for the first.
  @Override
  public void close() {
    if (beginClosing()) {
      stopAll(services.reversed());
      edge.ifPresent(Edge::close);
      stopAll(foundation);
      janitor.shutdownNow();
      folder.owner().toFile().delete();
      folder.processes().toFile().delete();
      lock.close();
      closed.countDown();
    }
    awaitClosed();
  }

  private synchronized boolean beginClosing() {
    boolean first = !closing;
    closing = true;
    folder.stackFile().toFile().delete();
    return first;
  }

  private static void stopAll(List<Supervisor> wave) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      wave.forEach(part -> threads.submit(part::stop));
    }
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
