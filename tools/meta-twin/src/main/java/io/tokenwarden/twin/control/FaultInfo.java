package io.tokenwarden.twin.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.twin.faults.Fault;
import io.tokenwarden.twin.faults.Preset;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A fault rule, as it is ordered and as it is shown.
///
/// @param id given by the twin; ignored in an order
/// @param preset name of a ready-made answer; it says everything but `match` and `times`
/// @param match regular expression, found anywhere in the path
/// @param status null to change nothing about the answer
/// @param body JSON, or a string to be sent as it is
/// @param lost whether a batch gets `null` for the call; false if left out
/// @param times how often it (still) applies; null for always
record FaultInfo(
    Long id,
    String preset,
    String match,
    Integer status,
    JsonNode body,
    String contentType,
    Map<String, String> headers,
    Integer times,
    Long delayMs,
    boolean lost) {

  static FaultInfo of(Fault fault) {
    return new FaultInfo(
        fault.id(),
        fault.preset(),
        fault.match().pattern(),
        fault.status(),
        fault.body(),
        fault.contentType(),
        fault.headers(),
        fault.remaining(),
        fault.delay().toMillis(),
        fault.lost());
  }

  static FaultInfo of(Preset preset, String match, Integer times) {
    return new FaultInfo(
        null,
        preset.name(),
        match,
        preset.status(),
        preset.body(),
        preset.contentType(),
        preset.headers(),
        times,
        preset.delayMs(),
        preset.lost());
  }

  /// @throws IllegalArgumentException if the rule cannot apply to anything
  Fault fault(long newId) {
    return new Fault(
        newId,
        preset,
        pattern(),
        status,
        body,
        contentType == null ? defaultContentType() : contentType,
        headers == null ? Map.of() : Map.copyOf(headers),
        Duration.ofMillis(delayMs == null ? 0 : delayMs),
        lost,
        times);
  }

  private Pattern pattern() {
    if (match == null) {
      throw new IllegalArgumentException("a fault needs match, a regular expression on the path");
    }
    try {
      return Pattern.compile(match);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("match is no regular expression", e);
    }
  }

  private String defaultContentType() {
    return body != null && body.isTextual()
        ? "text/html; charset=UTF-8"
        : "application/json; charset=UTF-8";
  }
}
