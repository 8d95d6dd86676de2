package io.tokenwarden.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void keepsAFreePortForTheServerItIsMeantFor() throws IOException {
    // given
    int port = Ports.free();

    // when / then
    assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> bindAlone(port)).isInstanceOf(BindException.class);

    // when
    try (var server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(at(port));

      // then
      connect(port);
      assertThat(Ports.isFree(port)).isFalse();
    }
  }

  private static void connect(int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(at(port));
    }
  }

  /// As a client's end of a connection is bound.
  private static void bindAlone(int port) throws IOException {
    try (var socket = new Socket()) {
      socket.setReuseAddress(false);
      socket.bind(at(port));
    }
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
