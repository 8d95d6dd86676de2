package io.tokenwarden.system.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.embedded.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An application with one of Meta's SDKs, as a process.
///
/// @param name of its log
/// @param folder where it runs
/// @param environment beside what every suite is told
record Suite(String name, List<String> command, Path folder, Map<String, String> environment) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// What a suite is told.
  ///
  /// @param graph the address in place of Meta's
  /// @param adAccount its digits
  record Order(
      URI graph, String handle, String adAccount, LocalDate since, LocalDate until, Path image) {

    private Map<String, String> variables() {
      return Map.of(
          "SUITE_GRAPH", graph.toString(),
          "SUITE_HANDLE", handle,
          "SUITE_AD_ACCOUNT", adAccount,
          "SUITE_SINCE", since.toString(),
          "SUITE_UNTIL", until.toString(),
          "SUITE_IMAGE", image.toString());
    }
  }

  /// @param place for its report and its log
  /// @return its report
  /// @throws AssertionError if it fails; the message has its last lines
  JsonNode run(Order order, Path place) {
    var report = place.resolve(name + ".json");
    var variables = new HashMap<>(environment);
    variables.putAll(order.variables());
    variables.put("SUITE_REPORT", report.toString());
    var process =
        ChildProcess.start(
            new ChildProcess.Spec(name, command, variables, folder, place.resolve(name + ".log")));
    if (!process.awaitExit(PATIENCE)) {
      process.kill();
    }
    if (process.exitCode().orElse(-1) != 0) {
      throw new AssertionError(name + " failed\n" + process.tail());
    }
    try {
      return JSON.readTree(report.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
