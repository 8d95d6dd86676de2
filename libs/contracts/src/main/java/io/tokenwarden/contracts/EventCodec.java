package io.tokenwarden.contracts;

import static io.tokenwarden.contracts.Decoded.Rejection.INVALID;
import static io.tokenwarden.contracts.Decoded.Rejection.TOO_LARGE;
import static io.tokenwarden.contracts.Decoded.Rejection.UNDECODABLE;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Facts to records and back: [CloudEvents 1.0 in Kafka's binary
/// mode](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md),
/// the value as JSON. Decoding never throws and never repeats what a record held.
public final class EventCodec {
  /// Values beyond this many bytes are no facts of ours.
  public static final int MAX_VALUE_BYTES = 512 * 1024;

  private static final String SOURCE_PREFIX = "/tokenwarden/";

  private static final Map<Topic, Class<? extends Event>> TYPES = new EnumMap<>(Topic.class);

  static {
    TYPES.put(Topic.TOKEN_HEALTH, ConnectionEvent.TokenHealth.class);
    TYPES.put(Topic.TOKEN_CONNECTED, ConnectionEvent.TokenConnected.class);
    TYPES.put(Topic.TOKEN_EXPIRED, ConnectionEvent.TokenExpired.class);
    TYPES.put(Topic.TOKEN_INACTIVE, ConnectionEvent.TokenInactive.class);
    TYPES.put(Topic.TOKEN_REFRESHED, ConnectionEvent.TokenRefreshed.class);
    TYPES.put(Topic.TOKEN_REFRESH_FAILED, ConnectionEvent.TokenRefreshFailed.class);
    TYPES.put(Topic.TOKEN_EXPIRING, ConnectionEvent.TokenExpiring.class);
    TYPES.put(Topic.TOKEN_DISCONNECTED, ConnectionEvent.TokenDisconnected.class);
    TYPES.put(Topic.SCOPE_MISSING, ConnectionEvent.ScopeMissing.class);
    TYPES.put(Topic.SCOPE_RESTORED, ConnectionEvent.ScopeRestored.class);
    TYPES.put(Topic.APP_BLOCKED, AppEvent.AppBlocked.class);
    TYPES.put(Topic.APP_RESTORED, AppEvent.AppRestored.class);
    TYPES.put(Topic.ASSET_HEALTH, AssetEvent.AssetHealth.class);
    TYPES.put(Topic.ASSET_AVAILABLE, AssetEvent.AssetAvailable.class);
    TYPES.put(Topic.ASSET_UNAVAILABLE, AssetEvent.AssetUnavailable.class);
    TYPES.put(Topic.HANDLE_REVOKED, HandleEvent.HandleRevoked.class);
    TYPES.put(Topic.TOKEN_SUSPECTED, EvidenceEvent.TokenSuspected.class);
    TYPES.put(Topic.GRAPH_THROTTLED, QuotaEvent.GraphThrottled.class);
    TYPES.put(Topic.SCHEDULE_BLOCKED, ScheduleEvent.ScheduleBlocked.class);
    TYPES.put(Topic.SCHEDULE_RESUMED, ScheduleEvent.ScheduleResumed.class);
    TYPES.put(Topic.INSIGHTS_SYNCED, InsightsEvent.InsightsSynced.class);
    TYPES.put(Topic.NOTIFICATION_RAISED, NotificationEvent.NotificationRaised.class);
  }

  // no source locations: an exception must not quote the record it failed on
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private EventCodec() {}

  /// The facts this version knows, and the topic each is announced on.
  public static Map<Topic, Class<? extends Event>> knownTypes() {
    return Map.copyOf(TYPES);
  }

  public static EncodedEvent encode(EventMeta meta, Event event) {
    return new EncodedEvent(
        event.topic().topicName(), event.key(), headers(meta, event), value(event));
  }

  private static Map<String, String> headers(EventMeta meta, Event event) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", meta.id().toString());
    headers.put("ce_source", SOURCE_PREFIX + meta.source().id());
    headers.put("ce_type", event.topic().eventType());
    headers.put("ce_subject", event.key());
    headers.put("ce_time", meta.time().toString());
    headers.put("ce_dataschema", event.topic().dataSchema());
    headers.put("content-type", "application/json");
    headers.put("ce_workspaceid", event.workspaceId().value());
    event.generationHeader().ifPresent(g -> headers.put("ce_generation", Long.toString(g)));
    event.revisionHeader().ifPresent(r -> headers.put("ce_revision", Long.toString(r)));
    meta.traceparent().ifPresent(trace -> headers.put("traceparent", trace));
    return headers;
  }

  private static byte[] value(Event event) {
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot encode a fact for " + event.topic().topicName(), e);
    }
  }

  /// @param topic where the record was read; a service's retry topic is not in the table, and there
  ///   only the headers say what it is
  /// @param key the record key, if it has one
  /// @param value the record value, or null
  public static Decoded decode(
      String topic, Optional<String> key, Map<String, String> headers, byte[] value) {
    if (value == null) {
      return decodeNull(topic, key);
    }
    if (value.length > MAX_VALUE_BYTES) {
      return new Decoded.Rejected(TOO_LARGE);
    }
    var type = headers.get("ce_type");
    if (type == null || !"1.0".equals(headers.get("ce_specversion"))) {
      return new Decoded.Rejected(UNDECODABLE);
    }
    var known = Topic.ofEventType(type).map(TYPES::get);
    if (known.isEmpty()) {
      return new Decoded.UnknownType(type);
    }
    return decodeKnown(known.get(), headers, value);
  }

  private static Decoded decodeNull(String topic, Optional<String> key) {
    return Topic.ofName(topic)
        .filter(Topic::compacted)
        .<Decoded>map(compacted -> new Decoded.Tombstone(compacted, key))
        .orElse(new Decoded.Rejected(INVALID));
  }

  private static Decoded decodeKnown(
      Class<? extends Event> type, Map<String, String> headers, byte[] value) {
    try {
      JsonNode tree = JSON.readTree(value);
      if (!tree.isObject()) {
        return new Decoded.Rejected(INVALID);
      }
      var event = JSON.treeToValue(tree, type);
      return new Decoded.Known(meta(headers), event);
    } catch (JsonParseException _) {
      return new Decoded.Rejected(UNDECODABLE);
    } catch (JsonMappingException | IllegalArgumentException | DateTimeException _) {
      return new Decoded.Rejected(INVALID);
    } catch (IOException _) {
      return new Decoded.Rejected(UNDECODABLE);
    }
  }

  private static EventMeta meta(Map<String, String> headers) {
    var source = required(headers, "ce_source");
    if (!source.startsWith(SOURCE_PREFIX)) {
      throw new IllegalArgumentException("ce_source is not one of ours");
    }
    return new EventMeta(
        UUID.fromString(required(headers, "ce_id")),
        Service.of(source.substring(SOURCE_PREFIX.length())),
        Instant.parse(required(headers, "ce_time")),
        Optional.ofNullable(headers.get("traceparent")));
  }

  private static String required(Map<String, String> headers, String name) {
    var value = headers.get(name);
    if (value == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }
}
