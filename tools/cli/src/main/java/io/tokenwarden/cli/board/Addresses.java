package io.tokenwarden.cli.board;

import io.tokenwarden.stack.StackInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a person wants to open or connect to.
final class Addresses {

  private Addresses() {}

  static List<String> lines(StackInfo info) {
    List<String> lines = new ArrayList<>();
    lines.add(line("Console", info.console() + "   (no password: for local use alone)"));
    if (info.metaTwin() != null) {
      lines.add(line("Meta twin", info.metaTwin()));
    }
    lines.add(line("Gateway", info.service("graph-gateway")));
    lines.add(line("Kafka", info.kafka()));
    lines.add(line("PostgreSQL", info.postgres().url()));
    lines.add(line("Logs", fromHere(info.logs())));
    lines.add("");
    lines.add("./tokenwarden demo plays the story, Ctrl-C stops everything.");
    return lines;
  }

  /// Short where it can be: as one would type it in this folder.
  private static String fromHere(String path) {
    var here = Path.of("").toAbsolutePath();
    var absolute = Path.of(path);
    return here.getNameCount() > 0 && absolute.startsWith(here)
        ? here.relativize(absolute).toString()
        : path;
  }

  private static String line(String name, String value) {
    return "%-11s %s".formatted(name, value);
  }
}
