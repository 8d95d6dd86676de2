package io.tokenwarden.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One record as it lies on a topic.
///
/// @param key null if it has none
/// @param value null for a tombstone
/// @param headers the last value of each name
public record ReceivedRecord(
    String topic,
    int partition,
    long offset,
    String key,
    byte[] value,
    Map<String, String> headers) {

  public static ReceivedRecord of(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return new ReceivedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        text(record.key()),
        record.value(),
        headers);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  /// The value as text; empty for a tombstone.
  public String text() {
    return value == null ? "" : text(value);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// Where it lies, as `topic@partition:offset`.
  public String place() {
    return topic + "@" + partition + ":" + offset;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReceivedRecord that && place().equals(that.place());
  }

  @Override
  public int hashCode() {
    return place().hashCode();
  }

  @Override
  public String toString() {
    return place() + " " + key + " " + headers + " " + text();
  }
}
