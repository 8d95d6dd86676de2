package io.tokenwarden.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Finds ports of the loopback address that nobody listens on.
public final class Ports {

  private static final Set<ReservedPort> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /// A free port for a server that this JVM starts: never the same one twice, and reserved until
  /// this JVM ends, so that nobody else on the machine is given it in between.
  public static int free() {
    var port = ReservedPort.any();
    GIVEN.add(port);
    return port.number();
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
