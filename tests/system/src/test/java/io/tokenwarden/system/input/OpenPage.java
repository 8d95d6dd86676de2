package io.tokenwarden.system.input;

import io.tokenwarden.system.stack.RunningStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A page of the console as a browser keeps it open: signed in, listening to the stream, and
/// looking only when the stream opens or says that something changed. It comes back by itself.
final class OpenPage implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(Redirect.ALWAYS)
          .cookieHandler(new CookieManager())
          .build();
  private final URI stream;
  private final Supplier<List<String>> look;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger opened = new AtomicInteger();
  private final List<String> shown = new ArrayList<>();
  private List<String> showsNow = List.of();

  /// @param look what the page shows when it looks: ids of open notifications
  OpenPage(RunningStack stack, Supplier<List<String>> look) {
    this.stream = stack.console().resolve("/notify/stream");
    this.look = look;
    signIn(stack.console());
    Thread.ofPlatform().daemon().name("page").start(this::listen);
  }

  private void signIn(URI console) {
    try {
      var page = http.send(HttpRequest.newBuilder(console).build(), BodyHandlers.ofString());
      if (page.statusCode() != 200 || !page.body().contains("<html")) {
        throw new AssertionError("No console: HTTP " + page.statusCode() + "\n" + page.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void listen() {
    do {
      try {
        var answer =
            http.send(
                HttpRequest.newBuilder(stream).header("Accept", "text/event-stream").build(),
                BodyHandlers.ofLines());
        if (answer.statusCode() == 200) {
          opened.incrementAndGet();
          look();
          hear(answer.body());
        }
      } catch (IOException | UncheckedIOException | AssertionError _) {
        // notifier is away: as a browser does, it tries again in a moment
      } catch (InterruptedException _) {
        return;
      }
    } while (!isClosedWithinASecond());
  }

  private void hear(Stream<String> lines) {
    lines.filter(line -> line.matches("event: ?changed")).forEach(_ -> look());
  }

  private void look() {
    var seen = look.get();
    synchronized (this) {
      seen.stream().filter(id -> !showsNow.contains(id)).forEach(shown::add);
      showsNow = seen;
    }
  }

  private boolean isClosedWithinASecond() {
    try {
      return closed.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }

  /// How often the stream was opened.
  int opened() {
    return opened.get();
  }

  /// Everything that ever came up on the page, as often as it came up.
  synchronized List<String> shown() {
    return List.copyOf(shown);
  }

  synchronized List<String> showsNow() {
    return showsNow;
  }

  @Override
  public void close() {
    closed.countDown();
    http.shutdownNow();
  }
}
