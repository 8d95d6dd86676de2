package io.tokenwarden.cli.runway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.Exit;
import io.tokenwarden.cli.services.ServiceClient;
import io.tokenwarden.cli.terminal.Output;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tokenwarden runway`.
@Command(
    name = "runway",
    description = {
      "List what ends when: the clocks of all living connections that run out, the nearest first,"
          + " what winds each by itself or what a person has to do, and how much ends in each week.",
      "Exit 0, 6 if nothing ends within that time."
    },
    mixinStandardHelpOptions = true)
public final class RunwayCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;

  @Option(
      names = "--days",
      defaultValue = "30",
      description = "How far ahead, 1 to 400. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Mixin private Output output;

  @Override
  public Integer call() {
    try (var refresher = ServiceClient.of(Checkout.runningStack(), "token-refresher", "viewer")) {
      var runway = whole(refresher);
      output.tell(words(runway), runway);
      return runway.get("items").isEmpty() ? Exit.NOTHING_TO_DO : Exit.OK;
    }
  }

  /// All pages as one.
  private JsonNode whole(ServiceClient refresher) {
    var address = "/refresher/runway?days=%d&limit=%d".formatted(days, PAGE);
    var runway = (ObjectNode) refresher.get(address);
    for (var next = runway.path("next"); next.isTextual(); ) {
      var page = refresher.get(address + "&after=" + next.asText());
      page.path("items").forEach(runway.withArray("items")::add);
      next = page.path("next");
    }
    runway.remove("next");
    return runway;
  }

  private String words(JsonNode runway) {
    if (runway.get("items").isEmpty()) {
      return "nothing ends within %d days".formatted(days);
    }
    return Stream.concat(
            runway.get("items").valueStream().map(RunwayCommand::ending),
            runway.get("weeks").valueStream().map(RunwayCommand::week))
        .collect(Collectors.joining("\n"));
  }

  private static String ending(JsonNode ending) {
    return "%s  in %3d days  %-15s  %s of %s: %s"
        .formatted(
            ending.path("endsAt").asText(),
            ending.path("daysLeft").asLong(),
            ending.path("clock").asText(),
            ending.path("connectionId").asText(),
            ending.path("workspaceId").asText(),
            ending.path("savedBy").isTextual()
                ? "by itself, " + ending.path("savedBy").asText()
                : ending.path("remedy").asText());
  }

  private static String week(JsonNode week) {
    return "week of %s: %s"
        .formatted(
            week.path("from").asText(),
            week.path("ends")
                .propertyStream()
                .map(clock -> clock.getKey() + " " + clock.getValue().asLong())
                .sorted()
                .collect(Collectors.joining(", ")));
  }
}
