package io.tokenwarden.cli.demo;

import io.tokenwarden.contracts.Decoded;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Everything that is said on the topics from the moment it is opened. It reads without a consumer
/// group, so nobody else notices.
final class Facts implements AutoCloseable {

  private static final Duration TIME = Duration.ofSeconds(10);

  private final String kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Fact<? extends Event>> facts = new ArrayList<>();

  private Facts(String kafka) {
    this.kafka = kafka;
    this.consumer = new KafkaConsumer<>(settings(kafka));
  }

  /// @throws NoAnswerException if Kafka does not answer
  static Facts from(String kafka, List<Topic> topics) {
    var facts = new Facts(kafka);
    try {
      facts.startAtTheEnd(topics);
      return facts;
    } catch (KafkaException e) {
      facts.close();
      throw facts.noAnswer(e);
    }
  }

  /// All facts of a kind so far: the topics are read to their ends first.
  ///
  /// @throws NoAnswerException if Kafka does not answer
  <E extends Event> List<Fact<E>> all(Class<E> type, Predicate<E> which) {
    readToTheEnd();
    return facts.stream()
        .filter(fact -> type.isInstance(fact.event()))
        .map(fact -> cast(type, fact))
        .filter(fact -> which.test(fact.event()))
        .toList();
  }

  private void startAtTheEnd(List<Topic> topics) {
    var partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.endOffsets(partitions).forEach(consumer::seek);
  }

  private void readToTheEnd() {
    try {
      var ends = consumer.endOffsets(consumer.assignment());
      long deadline = System.nanoTime() + TIME.toNanos();
      while (!isAt(ends)) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::add);
        if (System.nanoTime() > deadline) {
          throw new NoAnswerException("Kafka hands out no records at " + kafka);
        }
      }
    } catch (KafkaException e) {
      throw noAnswer(e);
    }
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    var decoded = EventCodec.decode(record.topic(), key(record), headers(record), record.value());
    if (decoded instanceof Decoded.Known(_, var event)) {
      facts.add(new Fact<>(record.topic(), record.partition(), record.offset(), event));
    }
  }

  private static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
    return Optional.ofNullable(record.key()).map(Facts::text);
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    return StreamSupport.stream(record.headers().spliterator(), false)
        .collect(Collectors.toMap(Header::key, header -> text(header.value()), (_, last) -> last));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static <E extends Event> Fact<E> cast(Class<E> type, Fact<? extends Event> fact) {
    return new Fact<>(fact.topic(), fact.partition(), fact.offset(), type.cast(fact.event()));
  }

  private NoAnswerException noAnswer(KafkaException cause) {
    return new NoAnswerException("Kafka does not answer at " + kafka, cause);
  }

  private static Properties settings(String kafka) {
    var settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME.toMillis());
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME.toMillis() / 2);
    return settings;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
