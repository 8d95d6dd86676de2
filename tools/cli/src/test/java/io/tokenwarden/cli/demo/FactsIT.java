package io.tokenwarden.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.Topic;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.embedded.KafkaBroker;
import io.tokenwarden.embedded.KafkaSettings;
import io.tokenwarden.embedded.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsIT {

  private static final String TOPIC = Topic.INSIGHTS_SYNCED.topicName();

  @TempDir Path folder;
  private KafkaBroker kafka;

  @BeforeEach
  void start() {
    kafka = KafkaBroker.start(new KafkaSettings(folder.resolve("data"), 0, folder.resolve("log")));
    Topics.create(kafka.bootstrapServers(), List.of(TOPIC));
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void seesWhatIsSaidSinceItListensAndWhereItLies() throws Exception {
    // given
    say("1", 1);
    try (var facts = Facts.from(kafka.bootstrapServers(), List.of(Topic.INSIGHTS_SYNCED))) {
      say("1", 2);
      say("2", 3);

      // when
      var seen = facts.all(InsightsSynced.class, fact -> fact.adAccountId().toString().equals("1"));

      // then
      assertThat(seen).hasSize(1);
      assertThat(seen.getFirst().event().rows()).isEqualTo(2);
      assertThat(seen.getFirst().proof()).matches("insights\\.synced@\\d+:1");
    }
  }

  @Test
  void saysThatKafkaDoesNotAnswer() {
    // given
    var address = kafka.bootstrapServers();
    kafka.stop();

    // then
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> Facts.from(address, List.of(Topic.INSIGHTS_SYNCED)))
        .withMessage("Kafka does not answer at " + address);
  }

  private void say(String account, int rows) throws Exception {
    var encoded =
        EventCodec.encode(
            EventMeta.now(Service.SYNC_WORKER, Clock.systemUTC(), Optional.empty()),
            new InsightsSynced(
                WorkspaceId.of("demo"),
                AdAccountId.of(account),
                InsightsLevel.ACCOUNT,
                LocalDate.EPOCH,
                LocalDate.EPOCH,
                rows,
                false,
                Instant.EPOCH,
                Instant.EPOCH));
    var record = new ProducerRecord<>(TOPIC, bytes(encoded.key()), encoded.value());
    encoded.headers().forEach((name, value) -> record.headers().add(name, bytes(value)));
    try (var producer = producer()) {
      producer.send(record).get();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
