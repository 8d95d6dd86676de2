package io.tokenwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {

  private static final String TOPIC = "token.health";
  private static final byte[] KEY = "a key".getBytes(UTF_8);

  @TempDir static Path folder;

  private static final KafkaSettings.Detour DETOUR =
      new KafkaSettings.Detour(Ports.free(), Ports.free());

  private static KafkaBroker broker;

  @BeforeAll
  static void start() {
    var plain = settings("kafka", 0);
    broker =
        KafkaBroker.start(
            new KafkaSettings(plain.data(), plain.port(), plain.log(), Optional.of(DETOUR)));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void keepsAcknowledgedRecordsThroughAKill() throws Exception {
    // given
    Topics.create(broker.bootstrapServers(), List.of(TOPIC));
    write(TOPIC, "before");

    // when
    broker.kill();
    broker.restart();
    write(TOPIC, "after");

    // then
    assertThat(readAll()).containsExactlyInAnyOrder("before", "after");
  }

  @Test
  void createsTopicsAsTheTableSays() throws Exception {
    // when
    Topics.createAll(broker.bootstrapServers());
    Topics.createAll(broker.bootstrapServers());

    // then
    try (var admin = admin()) {
      var health = admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC);
      assertThat(health.partitions()).hasSize(12);
      assertThat(config(admin, TOPIC, "cleanup.policy")).isEqualTo("compact");
      assertThat(config(admin, TOPIC, "max.compaction.lag.ms"))
          .isEqualTo(Long.toString(Duration.ofDays(14).toMillis()));
      assertThat(config(admin, "notifier.dlt", "retention.ms"))
          .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
    }
  }

  @Test
  void createsNoTopicByUseAlone() throws Exception {
    // when
    assertThatThrownBy(() -> write("nowhere", "lost")).isInstanceOf(Exception.class);

    // then
    try (var admin = admin()) {
      assertThat(admin.listTopics().names().get()).doesNotContain("nowhere");
    }
  }

  @Test
  void noticesThatAnotherBrokerHasThePort() {
    var same = settings("other", broker.port());
    assertThatThrownBy(() -> KafkaBroker.start(same))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Integer.toString(broker.port()));
  }

  @Test
  void sendsWhoTakesTheDetourThroughWhatStandsInBetween() throws Exception {
    // given
    try (var between = passOn(DETOUR.advertised(), DETOUR.port());
        var admin =
            Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + between.getLocalPort()))) {

      // when
      var nodes = admin.describeCluster().nodes().get(20, TimeUnit.SECONDS);

      // then
      assertThat(nodes).singleElement().matches(node -> node.port() == DETOUR.advertised());
    }
  }

  private static ServerSocket passOn(int from, int to) throws IOException {
    var between = new ServerSocket(from, 10, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual()
        .start(() -> {
          while (!between.isClosed()) {
            try {
              var client = between.accept();
              var server = new Socket("127.0.0.1", to);
              Thread.ofVirtual().start(() -> transfer(client, server));
              Thread.ofVirtual().start(() -> transfer(server, client));
            } catch (IOException _) {
              // closed
            }
          }
        });
    return between;
  }

  private static void transfer(Socket from, Socket to) {
    try (to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // ended
    }
  }

  private static KafkaSettings settings(String data, int port) {
    return new KafkaSettings(folder.resolve(data), port, folder.resolve(data + ".log"));
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static String config(Admin admin, String topic, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
  }

  private static void write(String topic, String value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "3000");
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer
          .send(new ProducerRecord<>(topic, 0, KEY, value.getBytes(UTF_8)))
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static List<String> readAll() {
    var bytes = new ByteArrayDeserializer();
    var partition = new TopicPartition(TOPIC, 0);
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()), bytes, bytes)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> values.add(new String(record.value(), UTF_8)));
      }
    }
    return values;
  }
}
