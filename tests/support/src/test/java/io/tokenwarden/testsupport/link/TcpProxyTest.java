package io.tokenwarden.testsupport.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private static final int SILENCE_MILLIS = 300;

  private EchoServer server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = EchoServer.saying("");
    proxy = TcpProxy.to("test → echo", server.port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void passesOnBothWays() throws IOException {
    try (var client = connect()) {
      assertThat(echo(client, "hello")).isEqualTo("hello");
      assertThat(echo(client, "again")).isEqualTo("again");
      assertThat(proxy.open()).isEqualTo(1);
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  @Test
  void delaysBothWaysUntilHealed() throws IOException {
    try (var client = connect()) {
      // given
      proxy.inflict(Fault.delay(Duration.ofMillis(200)));

      // when
      long begin = System.nanoTime();
      echo(client, "hello");
      var took = Duration.ofNanos(System.nanoTime() - begin);
      proxy.inflict(Fault.delay(Duration.ofHours(1)));
      client.getOutputStream().write("again".getBytes(UTF_8));
      proxy.heal();

      // then
      assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(400));
      assertThat(read(client, 5)).isEqualTo("again");
    }
  }

  @Test
  void swallowsOneWayAndResetsWhatHasLostBytes() throws IOException {
    try (var harmed = connect();
        var idle = connect()) {
      // given
      echo(harmed, "before");
      echo(idle, "before");

      // when
      proxy.inflict(Fault.swallow(Direction.TO_CLIENT));
      harmed.getOutputStream().write("lost".getBytes(UTF_8));

      // then
      assertThatThrownBy(() -> read(harmed, 1)).isInstanceOf(SocketTimeoutException.class);
      assertThat(server.heard()).endsWith("lost");

      // when
      proxy.heal();

      // then
      assertThatThrownBy(() -> read(harmed, 1)).isInstanceOf(SocketException.class);
      assertThat(echo(idle, "after")).isEqualTo("after");
    }
  }

  @Test
  void swallowsTheOtherWay() throws IOException {
    try (var client = connect()) {
      echo(client, "before");
      proxy.inflict(Fault.swallow(Direction.TO_SERVER));

      client.getOutputStream().write("lost".getBytes(UTF_8));

      assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketTimeoutException.class);
      assertThat(server.heard()).isEqualTo("before");
    }
  }

  @Test
  void acceptsAndSwallowsNewConnectionsToo() throws IOException {
    proxy.inflict(Fault.swallow());
    try (var client = connect()) {
      client.getOutputStream().write("lost".getBytes(UTF_8));

      assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void refusesUntilHealedAndKeepsThePort() throws IOException {
    try (var open = connect()) {
      // given
      echo(open, "before");

      // when
      proxy.inflict(Fault.refuse());

      // then
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      assertThat(echo(open, "still")).isEqualTo("still");

      // when
      proxy.heal();

      // then
      try (var client = connect()) {
        assertThat(echo(client, "hello")).isEqualTo("hello");
      }
    }
  }

  @Test
  void resetsOpenConnections() throws IOException {
    try (var client = connect()) {
      echo(client, "before");

      proxy.reset();

      assertThatThrownBy(() -> read(client, 1))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void cutsInTheMiddleOfAnAnswer() throws IOException {
    try (var client = connect()) {
      echo(client, "before");
      proxy.inflict(Fault.cut(Direction.TO_CLIENT, 3));

      client.getOutputStream().write("answer".getBytes(UTF_8));

      assertThat(read(client, 3)).isEqualTo("ans");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void goesRoundAndPassesOverWhoRefuses() throws IOException {
    try (var one = EchoServer.saying("1");
        var two = EchoServer.saying("2")) {
      // given
      proxy.target(List.of(one.port(), two.port()));

      // when
      var first = List.of(greeting(), greeting(), greeting(), greeting());
      one.close();
      var afterwards = List.of(greeting(), greeting());

      // then
      assertThat(first).containsOnly("1", "2").filteredOn("1"::equals).hasSize(2);
      assertThat(afterwards).containsOnly("2");
    }
  }

  @Test
  void resetsWhoConnectsWhenNobodyIsThere() throws IOException {
    server.close();

    assertThatThrownBy(
            () -> {
              try (var client = connect()) {
                read(client, 1);
              }
            })
        .isInstanceOf(SocketException.class);
  }

  @Test
  void knowsItsPortsAtTheServer() throws IOException {
    try (var client = connect()) {
      echo(client, "hello");

      assertThat(proxy.portsAtServer()).containsExactly(server.lastPeer());
    }
  }

  private String greeting() throws IOException {
    try (var client = connect()) {
      return read(client, 1);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port());
    socket.setSoTimeout(SILENCE_MILLIS);
    return socket;
  }

  private static String echo(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
    client.setSoTimeout(10_000);
    var answer = read(client, text.length());
    client.setSoTimeout(SILENCE_MILLIS);
    return answer;
  }

  private static String read(Socket client, int bytes) throws IOException {
    var read = client.getInputStream().readNBytes(bytes);
    if (read.length < bytes) {
      throw new SocketException("ended after " + read.length + " bytes");
    }
    return new String(read, UTF_8);
  }

  /// Greets, and then repeats what it hears.
  private static final class EchoServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Thread accepting;
    private volatile int lastPeer;

    private EchoServer(ServerSocket listener) {
      this.listener = listener;
    }

    static EchoServer saying(String greeting) throws IOException {
      var server = new EchoServer(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
      server.accepting = Thread.ofVirtual().start(() -> server.accept(greeting));
      return server;
    }

    private void accept(String greeting) {
      while (!listener.isClosed()) {
        try {
          var client = listener.accept();
          lastPeer = client.getPort();
          Thread.ofVirtual().start(() -> repeat(client, greeting));
        } catch (IOException _) {
          // closed
        }
      }
    }

    private void repeat(Socket client, String greeting) {
      try (client) {
        client.getOutputStream().write(greeting.getBytes(UTF_8));
        var buffer = new byte[1024];
        for (int read; (read = client.getInputStream().read(buffer)) > 0; ) {
          heard.add(new String(buffer, 0, read, UTF_8));
          client.getOutputStream().write(buffer, 0, read);
        }
      } catch (IOException _) {
        // the client ended it
      }
    }

    int port() {
      return listener.getLocalPort();
    }

    int lastPeer() {
      return lastPeer;
    }

    String heard() {
      return String.join("", heard);
    }

    /// Until nobody accepts any more, the system still takes connections.
    @Override
    public void close() throws IOException {
      listener.close();
      try {
        accepting.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
