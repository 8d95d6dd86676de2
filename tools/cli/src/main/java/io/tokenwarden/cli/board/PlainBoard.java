package io.tokenwarden.cli.board;

import io.tokenwarden.stack.PartStatus;
import io.tokenwarden.stack.StackInfo;
import io.tokenwarden.stack.StackListener;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/// One line per change that matters, for logs and pipes.
final class PlainBoard implements StackListener {

  private final PrintStream out;
  private final Map<String, PartStatus.State> shown = new HashMap<>();

  PlainBoard(PrintStream out) {
    this.out = out;
  }

  @Override
  public void said(String message) {
    out.println(message);
  }

  @Override
  public void changed(PartStatus status) {
    if (shown.put(status.name(), status.state()) == status.state()) {
      return;
    }
    switch (status.state()) {
      case UP -> out.println(status.name() + " is up at " + status.address() + took(status));
      case DOWN -> out.println(status.name() + " ended and is started again");
      case STOPPED -> out.println(status.name() + " has stopped");
      case WAITING, STARTING, STOPPING -> {
        // Passing moments.
      }
    }
  }

  private static String took(PartStatus status) {
    return status.took().map(took -> " (" + Seconds.of(took) + ")").orElse("");
  }

  @Override
  public void ready(StackInfo info) {
    out.println();
    Addresses.lines(info).forEach(out::println);
  }
}
