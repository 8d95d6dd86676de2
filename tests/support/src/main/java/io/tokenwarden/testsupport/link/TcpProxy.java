package io.tokenwarden.testsupport.link;

import io.tokenwarden.embedded.ReservedPort;
import io.tokenwarden.testsupport.link.Fault.Cut;
import io.tokenwarden.testsupport.link.Fault.Delay;
import io.tokenwarden.testsupport.link.Fault.None;
import io.tokenwarden.testsupport.link.Fault.Refuse;
import io.tokenwarden.testsupport.link.Fault.Swallow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A link to a server of this machine. Whoever connects to [#address] is passed on to the targets
/// in turn; one that refuses is passed over, as a load balancer does. Faults are inflicted and
/// healed while connections are open.
public final class TcpProxy implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final int CONNECT_MILLIS = 2_000;

  private final String name;
  private final ReservedPort port = ReservedPort.any();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Integer> targets;
  private volatile Fault fault = new None();

  /// Which fault it is: the same may be inflicted twice.
  private final AtomicInteger faults = new AtomicInteger();

  private ServerSocket listener;
  private Thread accepting;

  private TcpProxy(String name, List<Integer> targets) {
    this.name = name;
    this.targets = List.copyOf(targets);
  }

  /// Starts passing on.
  ///
  /// @param name for messages, such as `notifier → postgres`
  /// @param targets ports of 127.0.0.1
  public static TcpProxy to(String name, List<Integer> targets) {
    var proxy = new TcpProxy(name, targets);
    proxy.listen();
    return proxy;
  }

  public static TcpProxy to(String name, int target) {
    return to(name, List.of(target));
  }

  public String name() {
    return name;
  }

  public int port() {
    return port.number();
  }

  /// As `host:port`.
  public String address() {
    return port.address();
  }

  /// Sends new connections elsewhere.
  public void target(List<Integer> ports) {
    targets = List.copyOf(ports);
  }

  /// From now on, until the next fault or [#heal].
  public synchronized void inflict(Fault next) {
    fault = next;
    faults.incrementAndGet();
    if (next instanceof Refuse) {
      stopListening();
    } else {
      listen();
    }
    connections.forEach(Connection::faultChanged);
  }

  /// Passes everything on again. A connection that has lost bytes is reset.
  public void heal() {
    inflict(new None());
  }

  /// Ends all open connections at once, as a machine that lost its memory does (RST).
  public void reset() {
    connections.forEach(Connection::abort);
  }

  public Fault fault() {
    return fault;
  }

  /// How many connections are open now.
  public int open() {
    return connections.size();
  }

  /// How many connections were ever accepted.
  public int accepted() {
    return accepted.get();
  }

  /// The ports from which the server sees the open connections come.
  public Set<Integer> portsAtServer() {
    return connections.stream()
        .map(connection -> connection.server.getLocalPort())
        .collect(Collectors.toUnmodifiableSet());
  }

  private synchronized void listen() {
    if (listener != null) {
      return;
    }
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port.number()), BACKLOG);
      listener = socket;
      accepting = Thread.ofVirtual().name("link " + name).start(() -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("Listening for " + name, e);
    }
  }

  /// The socket is closed only when nobody accepts on it any more.
  private synchronized void stopListening() {
    if (listener != null) {
      closeQuietly(listener);
      listener = null;
      try {
        accepting.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().name("link " + name).start(() -> connect(client));
      } catch (IOException _) {
        // closed: nobody listens any more
      }
    }
  }

  private void connect(Socket client) {
    var server = server();
    if (server.isEmpty()) {
      abort(client);
      return;
    }
    var connection = new Connection(client, server.get());
    connections.add(connection);
    connection.start();
  }

  private Optional<Socket> server() {
    var all = targets;
    int first = turn.getAndIncrement();
    for (int i = 0; i < all.size(); i++) {
      var target = all.get(Math.floorMod(first + i, all.size()));
      try {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), target), CONNECT_MILLIS);
        return Optional.of(socket);
      } catch (IOException _) {
        // the next one may take it
      }
    }
    return Optional.empty();
  }

  /// Ends it with RST instead of FIN.
  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // closed already
    }
    closeQuietly(socket);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception _) {
      // gone anyway
    }
  }

  @Override
  public void close() {
    stopListening();
    reset();
    port.close();
  }

  @Override
  public String toString() {
    return name + " (" + address() + ", " + fault + ")";
  }

  /// Two sockets and what goes between them.
  private final class Connection {
    private final Socket client;
    private final Socket server;
    private volatile boolean lostBytes;
    private int ended;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void start() {
      Thread.ofVirtual()
          .name("link " + name)
          .start(() -> pump(client, server, Direction.TO_SERVER));
      Thread.ofVirtual()
          .name("link " + name)
          .start(() -> pump(server, client, Direction.TO_CLIENT));
    }

    private void pump(Socket from, Socket to, Direction direction) {
      try {
        from.setTcpNoDelay(true);
        var passage = new Passage(direction);
        var buffer = new byte[16 * 1024];
        for (int read; (read = from.getInputStream().read(buffer)) >= 0; ) {
          if (!passage.pass(Arrays.copyOf(buffer, read), to)) {
            cut();
            return;
          }
        }
        to.shutdownOutput();
        endOfOneDirection();
      } catch (IOException _) {
        abort();
      }
    }

    private synchronized void endOfOneDirection() {
      if (++ended == 2) {
        cut();
      }
    }

    synchronized void faultChanged() {
      notifyAll();
      if (lostBytes && !(fault instanceof Swallow)) {
        abort();
      }
    }

    private void cut() {
      closeQuietly(client);
      closeQuietly(server);
      connections.remove(this);
    }

    void abort() {
      TcpProxy.abort(client);
      TcpProxy.abort(server);
      connections.remove(this);
    }

    /// Waits that long, or until the fault is another.
    private synchronized void linger(Delay delay, int which) {
      long end = System.nanoTime() + delay.by().toNanos();
      try {
        for (long left; faults.get() == which && (left = end - System.nanoTime()) > 0; ) {
          wait(left / 1_000_000, (int) (left % 1_000_000));
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /// One direction of the connection.
    private final class Passage {
      private final Direction direction;
      private int counted;
      private long passed;

      Passage(Direction direction) {
        this.direction = direction;
      }

      /// @return whether the connection goes on
      boolean pass(byte[] bytes, Socket to) throws IOException {
        int which = faults.get();
        switch (fault) {
          case None() -> write(bytes, bytes.length, to);
          case Refuse() -> write(bytes, bytes.length, to);
          case Delay delay -> {
            linger(delay, which);
            write(bytes, bytes.length, to);
          }
          case Swallow(var directions) -> {
            if (!directions.contains(direction)) {
              write(bytes, bytes.length, to);
            } else {
              lose();
            }
          }
          case Cut(var cut, var after) -> {
            return cut != direction
                ? write(bytes, bytes.length, to)
                : count(which, bytes, to, after);
          }
        }
        return true;
      }

      /// Whoever heals meanwhile must find out that something was lost.
      private void lose() {
        synchronized (Connection.this) {
          lostBytes = true;
          if (!(fault instanceof Swallow)) {
            abort();
          }
        }
      }

      private boolean count(int which, byte[] bytes, Socket to, long after) throws IOException {
        if (counted != which) {
          counted = which;
          passed = 0;
        }
        int fits = (int) Math.min(bytes.length, after - passed);
        write(bytes, fits, to);
        passed += fits;
        return fits == bytes.length;
      }

      private boolean write(byte[] bytes, int length, Socket to) throws IOException {
        to.getOutputStream().write(bytes, 0, length);
        to.getOutputStream().flush();
        return true;
      }
    }
  }
}
