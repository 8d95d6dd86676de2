package io.tokenwarden.cli.board;

import io.tokenwarden.cli.stack.StackInfo;
import java.util.ArrayList;
import java.util.List;

/// What a person wants to open or connect to.
final class Addresses {

  private Addresses() {}

  static List<String> lines(StackInfo info) {
    List<String> lines = new ArrayList<>();
    lines.add(line("Console", info.console() + "   (signs a local user in without a password)"));
    if (info.metaTwin() != null) {
      lines.add(line("Meta twin", info.metaTwin()));
    }
    lines.add(line("Gateway", info.service("graph-gateway")));
    lines.add(line("Kafka", info.kafka()));
    lines.add(line("PostgreSQL", info.postgres().url()));
    lines.add(line("Logs", info.logs()));
    lines.add("");
    lines.add("For local use alone. ./tokenwarden demo plays the story, Ctrl-C stops everything.");
    return lines;
  }

  private static String line(String name, String value) {
    return "%-11s %s".formatted(name, value);
  }
}
