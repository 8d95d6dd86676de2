package io.tokenwarden.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/// What happens when this JVM ends, by itself or by SIGTERM, SIGINT or SIGHUP: first the orderly
/// ends that were asked for, latest first, then whatever child still runs is stopped.
public final class JvmEnd {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Set<ChildProcess> CHILDREN = ConcurrentHashMap.newKeySet();
  private static final Deque<Runnable> ORDERLY = new ConcurrentLinkedDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(JvmEnd::run, "end-children"));
  }

  private JvmEnd() {}

  /// Has `end` run before any child is stopped. It must be safe to run after the orderly end has
  /// already taken place.
  public static void runs(Runnable end) {
    ORDERLY.push(end);
  }

  static void ends(ChildProcess child) {
    CHILDREN.add(child);
    var _ = child.onExit().thenRun(() -> CHILDREN.remove(child));
  }

  private static void run() {
    ORDERLY.forEach(Runnable::run);
    var left = new ArrayDeque<>(CHILDREN);
    left.forEach(ChildProcess::askToEnd);
    left.forEach(child -> {
      if (!child.awaitExit(GRACE)) {
        child.kill();
      }
    });
  }
}
