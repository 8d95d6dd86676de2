package io.tokenwarden.twin.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// A rule: calls whose path the pattern is found in are answered like this, whatever they ask.
///
/// @param preset the ready-made answer it was made from; null for none
/// @param status null for a rule that only delays
/// @param body JSON, or a string that is sent as it is; null for nothing
/// @param headers `{account}` in a value stands for the digits of the ad account called
/// @param lost whether a batch gets `null` for the call, whatever became of it
/// @param remaining how often it still applies; null for always
public record Fault(
    long id,
    String preset,
    Pattern match,
    Integer status,
    JsonNode body,
    String contentType,
    Map<String, String> headers,
    Duration delay,
    boolean lost,
    Integer remaining) {

  boolean appliesTo(String path) {
    return (remaining == null || remaining > 0) && match.matcher(path).find();
  }

  Fault once() {
    return remaining == null
        ? this
        : new Fault(
            id, preset, match, status, body, contentType, headers, delay, lost, remaining - 1);
  }

  boolean isUsedUp() {
    return remaining != null && remaining <= 0;
  }
}
