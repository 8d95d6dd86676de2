package io.tokenwarden.twin.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// A ready-made answer for a rule: what one of Meta's bad days looks like.
///
/// @param words for people
/// @param status null for one that only delays
/// @param contentType null for the one that fits the body
/// @param headers null for none; units are Meta's: `estimated_time_to_regain_access` in minutes,
///   `reset_time_duration` in seconds
/// @param lost whether a batch gets `null` for the call
public record Preset(
    String name,
    String words,
    Integer status,
    JsonNode body,
    String contentType,
    Map<String, String> headers,
    Long delayMs,
    boolean lost) {}
