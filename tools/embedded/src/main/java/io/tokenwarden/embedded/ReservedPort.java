package io.tokenwarden.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port of the loopback address that stays ours while nobody listens on it: a process that is
/// killed and started again finds it free, and meanwhile whoever connects is refused.
///
/// It is bound and not listened on. Servers, which all set `SO_REUSEADDR`, can still listen there;
/// the system gives it to nobody else.
public final class ReservedPort implements AutoCloseable {
  private final Socket holder;

  private ReservedPort(Socket holder) {
    this.holder = holder;
  }

  public static ReservedPort any() {
    try {
      var holder = new Socket();
      holder.setReuseAddress(true);
      holder.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      return new ReservedPort(holder);
    } catch (IOException e) {
      throw new UncheckedIOException("Reserving a port", e);
    }
  }

  public int number() {
    return holder.getLocalPort();
  }

  /// As `host:port`.
  public String address() {
    return "127.0.0.1:" + number();
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Giving back port " + number(), e);
    }
  }
}
