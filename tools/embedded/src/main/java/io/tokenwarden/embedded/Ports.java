package io.tokenwarden.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/// Finds ports of the loopback address that nobody listens on. Another process may still take such
/// a port before it is used.
public final class Ports {

  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /// A free port, never the same one twice in this JVM.
  public static synchronized int free() {
    while (true) {
      int port = anyFree();
      if (GIVEN.add(port)) {
        return port;
      }
    }
  }

  private static int anyFree() {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("Looking for a free port", e);
    }
  }

  /// Whether nobody listens on the port, neither on IPv4 nor, where the machine has it, on IPv6:
  /// `localhost` may mean either.
  public static boolean isFree(int port) {
    return canListen("127.0.0.1", port) && (!canListen("::1", 0) || canListen("::1", port));
  }

  private static boolean canListen(String address, int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
