package io.tokenwarden.cli.board;

import io.tokenwarden.stack.PartStatus;
import io.tokenwarden.stack.PartStatus.State;
import io.tokenwarden.stack.StackInfo;
import io.tokenwarden.stack.StackListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A board of one line per process, drawn anew in place with every change. Lines are kept short
/// enough for 80 columns, since a wrapped line would break the drawing.
final class LiveBoard implements StackListener {

  private static final int COLUMNS = 79;
  private static final String UP_ONE_LINE = "\u001b[A";
  private static final String CLEAR_REST = "\u001b[0J";

  private final PrintStream out;
  private final boolean colours;
  private final Map<String, PartStatus> parts = new LinkedHashMap<>();
  private List<String> footer = List.of();
  private int drawn;

  LiveBoard(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /// Stays above the board.
  @Override
  public void said(String message) {
    out.print(UP_ONE_LINE.repeat(drawn) + "\r" + CLEAR_REST);
    drawn = 0;
    out.println(message);
    draw();
  }

  @Override
  public void changed(PartStatus status) {
    parts.put(status.name(), status);
    if (status.state() == State.STOPPING) {
      footer = List.of();
    }
    draw();
  }

  @Override
  public void ready(StackInfo info) {
    footer = Addresses.lines(info);
    draw();
  }

  private void draw() {
    List<String> lines = new ArrayList<>();
    parts.values().forEach(part -> lines.add(line(part)));
    if (!footer.isEmpty()) {
      lines.add("");
      footer.forEach(line -> lines.add(cut("  " + line)));
    }
    var frame = new StringBuilder(UP_ONE_LINE.repeat(drawn)).append('\r').append(CLEAR_REST);
    lines.forEach(line -> frame.append(line).append('\n'));
    out.print(frame);
    out.flush();
    drawn = lines.size();
  }

  private String line(PartStatus part) {
    var text =
        cut(
            "%-16s %-9s %-24s %-9s %s"
                .formatted(
                    part.name(),
                    word(part.state()),
                    part.address(),
                    part.took().map(Seconds::of).orElse(""),
                    part.restarts() == 0 ? "" : "restarts: " + part.restarts()));
    return "  " + dot(part.state()) + " " + text.stripTrailing();
  }

  private static String cut(String line) {
    return line.length() <= COLUMNS - 4 ? line : line.substring(0, COLUMNS - 5) + "…";
  }

  private static String word(State state) {
    return switch (state) {
      case WAITING -> "waiting";
      case STARTING -> "starting";
      case UP -> "up";
      case DOWN -> "restarts";
      case STOPPING -> "stopping";
      case STOPPED -> "stopped";
    };
  }

  private String dot(State state) {
    return switch (state) {
      case UP -> coloured(32, "●");
      case DOWN -> coloured(31, "●");
      case STARTING, STOPPING -> coloured(33, "◐");
      case WAITING, STOPPED -> "○";
    };
  }

  private String coloured(int colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
