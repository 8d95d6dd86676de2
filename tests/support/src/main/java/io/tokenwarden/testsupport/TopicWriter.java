package io.tokenwarden.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes records and returns once the broker has them.
public final class TopicWriter implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;

  /// @param bootstrapServers the broker, see [SharedParts#kafka]
  public TopicWriter(String bootstrapServers) {
    var bytes = new ByteArraySerializer();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "max.block.ms", "10000");
    producer = new KafkaProducer<>(settings, bytes, bytes);
  }

  /// A writer to the JVM's shared broker.
  public static TopicWriter shared() {
    return new TopicWriter(SharedParts.kafka());
  }

  /// @param value null for a tombstone
  /// @return where the record lies, as `topic@partition:offset`
  public String write(String topic, String key, byte[] value, Map<String, String> headers) {
    var record = new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    try {
      var written = producer.send(record).get(20, TimeUnit.SECONDS);
      return topic + "@" + written.partition() + ":" + written.offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Writing to " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing to " + topic, e);
    }
  }

  public String write(String topic, String key, String value, Map<String, String> headers) {
    return write(topic, key, value.getBytes(UTF_8), headers);
  }

  @Override
  public void close() {
    producer.close();
  }
}
