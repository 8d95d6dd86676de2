package io.tokenwarden.stack;

import io.tokenwarden.embedded.ChildProcess;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// A server of `embedded`, whose start returns only when it answers.
///
/// @param <S> the kind of server
final class Server<S> implements Part {

  private final String name;
  private final String address;
  private final Supplier<S> first;
  private final Function<S, ChildProcess> process;
  private final Consumer<S> again;
  private final Consumer<S> stop;
  private S server;

  Server(
      String name,
      String address,
      Supplier<S> first,
      Function<S, ChildProcess> process,
      Consumer<S> again,
      Consumer<S> stop) {
    this.name = name;
    this.address = address;
    this.first = first;
    this.process = process;
    this.again = again;
    this.stop = stop;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public synchronized ChildProcess start() {
    if (server == null) {
      server = first.get();
    } else {
      again.accept(server);
    }
    return process.apply(server);
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public synchronized void stop() {
    if (server != null) {
      stop.accept(server);
    }
  }
}
