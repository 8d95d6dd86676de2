package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.EncodedEvent;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TopicWriter;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RecordConsumerIT {
  private static final String DEAD_LETTERS = "notifier.dlt";
  private static final String RETRY = "notifier.retry";

  @Inject Effects effects;
  @Inject Clock clock;
  @Inject MeterRegistry metrics;

  private TopicWriter writer;

  /// Every fact here has this workspace.
  private String workspace;

  private String key;

  @BeforeEach
  void open() {
    writer = TopicWriter.shared();
    workspace = Facts.newKey();
    key = workspace + "/1";
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void theSameRecordTwiceTakesEffectOnce() {
    // given
    var record = record();
    double duplicates = counted("duplicate");

    // when
    write(record);
    write(record);

    // then
    await().until(() -> counted("duplicate") == duplicates + 1);
    assertThat(TestDatabase.effectsOn(key)).containsExactly(idOf(record));
  }

  @Test
  void theRetryTopicIsReadLikeASource() {
    // given
    var record = record();
    var other = record();

    // when
    write(record);
    writer.write(RETRY, key, record.value(), record.headers());
    writer.write(RETRY, key, other.value(), other.headers());

    // then
    await()
        .untilAsserted(() ->
            assertThat(TestDatabase.effectsOn(key))
                .containsExactlyInAnyOrder(idOf(record), idOf(other)));
  }

  @Test
  void whatFailsTwiceAndThenSucceedsTakesEffectOnce() {
    // given
    effects.failAt(key, 2);
    var record = record();

    // when
    write(record);

    // then
    awaitEffectOf(record);
    assertThat(effects.attemptsAt(key)).isEqualTo(3);
    assertThat(TopicReader.shared().all(DEAD_LETTERS, key)).isEmpty();
  }

  @Test
  void whatAlwaysFailsIsADeadLetterAfterThreeAttempts() {
    // given
    effects.failAt(key, 1_000);
    var record = record();

    // when
    var place = write(record);

    // then
    var letter = deadLetter();
    assertThat(effects.attemptsAt(key)).isEqualTo(3);
    assertThat(letter.value()).isEqualTo(record.value());
    assertThat(letter.headers()).containsAllEntriesOf(record.headers());
    assertThat(reason(letter)).isEqualTo("HANDLER_FAILED");
    assertThat(origin(letter)).isEqualTo(place);
    assertThat(letter.header("tw-attempts")).contains("3");
    assertThat(letter.header("tw-first-failed-at")).contains(clock.instant().toString());
    assertThat(letter.headers().toString()).doesNotContain("The words of this failure");
    assertThat(TestDatabase.effectsOn(key)).isEmpty();
    assertConsumptionGoesOn();
  }

  @Test
  void aDeadLetterMayBeReplayed() {
    // given
    effects.failAt(key, 3);
    var record = record();
    write(record);
    deadLetter();

    // when
    writer.write(RETRY, key, record.value(), record.headers());

    // then
    awaitEffectOf(record);
  }

  @Test
  void whatIsNoFactAtAllIsADeadLetter() {
    // when
    var place = writer.write("insights.synced", key, "no fact", Map.of("some", "header"));

    // then
    var letter = deadLetter();
    assertThat(reason(letter)).isEqualTo("UNDECODABLE");
    assertThat(letter.text()).isEqualTo("no fact");
    assertThat(letter.header("some")).contains("header");
    assertThat(letter.header("tw-attempts")).contains("1");
    assertThat(origin(letter)).isEqualTo(place);
    assertConsumptionGoesOn();
  }

  @Test
  void aFactThatIsTooLargeIsADeadLetter() {
    // given
    var value = new byte[EventCodec.MAX_VALUE_BYTES + 1];

    // when
    writer.write("insights.synced", key, value, record().headers());

    // then
    var letter = deadLetter();
    assertThat(reason(letter)).isEqualTo("TOO_LARGE");
    assertThat(letter.value()).isEqualTo(value);
    assertConsumptionGoesOn();
  }

  @Test
  void theLargestRecordKafkaTakesIsADeadLetterToo() {
    // given
    var value = new byte[1_048_400];

    // when
    writer.write("insights.synced", key, value, Map.of());

    // then
    var letter = deadLetter();
    assertThat(reason(letter)).isEqualTo("TOO_LARGE");
    assertThat(letter.value()).isEqualTo(value);
    assertConsumptionGoesOn();
  }

  @Test
  void aNullValueIsADeadLetterWhereEveryRecordIsKept() {
    // when
    writer.write("insights.synced", key, (byte[]) null, record().headers());

    // then
    var letter = deadLetter();
    assertThat(reason(letter)).isEqualTo("INVALID");
    assertThat(letter.value()).isNull();
    assertConsumptionGoesOn();
  }

  @Test
  void aTombstoneOfACompactedTopicIsPassedOver() {
    // given
    double tombstones = counted("tombstone");

    // when
    writer.write("token.health", key, (byte[]) null, Map.of());

    // then
    await().until(() -> counted("tombstone") == tombstones + 1);
    assertThat(TopicReader.shared().all(DEAD_LETTERS, key)).isEmpty();
    assertConsumptionGoesOn();
  }

  @Test
  void aTypeItDoesNotKnowIsPassedOverAndCounted() {
    // given
    double unknown = counted("unknown");
    var headers = new HashMap<>(record().headers());
    headers.put("ce_type", "io.tokenwarden.insights.dreamt.v1");

    // when
    writer.write("insights.synced", key, "{}", headers);

    // then
    await().until(() -> counted("unknown") == unknown + 1);
    assertThat(TopicReader.shared().all(DEAD_LETTERS, key)).isEmpty();
    assertConsumptionGoesOn();
  }

  @Test
  void whileTheDatabaseIsAwayConsumptionWaitsAndNothingIsADeadLetter() throws Exception {
    // given
    var record = record();

    // when
    try (var _ = TestDatabase.away()) {
      write(record);
      assertNoDeadLetterComes();
    }

    // then
    awaitEffectOf(record);
    assertNoDeadLetterComes();
    assertConsumptionGoesOn();
  }

  @Test
  void whileTheDatabaseTakesNoWritesConsumptionWaitsToo() throws Exception {
    // given
    var record = record();

    // when
    try (var _ = TestDatabase.readOnly()) {
      write(record);
      assertNoDeadLetterComes();
    }

    // then
    awaitEffectOf(record);
    assertConsumptionGoesOn();
  }

  /// For longer than three attempts take.
  private void assertNoDeadLetterComes() {
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(TopicReader.shared().all(DEAD_LETTERS, key)).isEmpty());
  }

  private void assertConsumptionGoesOn() {
    effects.failAt(key, 0);
    var next = record();
    write(next);
    awaitEffectOf(next);
  }

  private void awaitEffectOf(EncodedEvent record) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(TestDatabase.effectsOn(key)).containsOnlyOnce(idOf(record)));
  }

  /// A new fact each time.
  private EncodedEvent record() {
    var meta = EventMeta.now(Service.SYNC_WORKER, clock, Optional.empty());
    return EventCodec.encode(meta, Facts.synced(workspace));
  }

  private String write(EncodedEvent record) {
    return writer.write(record.topic(), record.key(), record.value(), record.headers());
  }

  private ReceivedRecord deadLetter() {
    return TopicReader.shared().await(DEAD_LETTERS, key, 1).getFirst();
  }

  private static UUID idOf(EncodedEvent record) {
    return UUID.fromString(record.headers().get("ce_id"));
  }

  private static String reason(ReceivedRecord letter) {
    return letter.header("dead-letter-reason").orElseThrow();
  }

  private static String origin(ReceivedRecord letter) {
    return letter.headers().get("dead-letter-topic")
        + "@"
        + letter.headers().get("dead-letter-partition")
        + ":"
        + letter.headers().get("dead-letter-offset");
  }

  private double counted(String outcome) {
    return metrics.counter("tokenwarden.records", "outcome", outcome).count();
  }
}
