package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.TopicReader;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutboxIT {
  private static final String TOPIC = "notification.raised";

  @Inject Things things;

  @Test
  void aCommittedEventIsSentByteForByteAndThenForgotten() throws Throwable {
    // given
    var key = Facts.newKey();
    var event = Facts.raised(key, 1);

    // when
    things.create(key, event);

    // then
    var record = TopicReader.shared().await(TOPIC, key, 1).getFirst();
    var expected = EventCodec.encode(metaOf(record), event);
    assertThat(record.key()).isEqualTo(expected.key());
    assertThat(record.value()).isEqualTo(expected.value());
    assertThat(record.headers()).isEqualTo(expected.headers());
    assertThat(metaOf(record).id().version()).isEqualTo(7);
    assertThat(thingsCalled(key)).isOne();
    await().untilAsserted(() -> assertThat(TestDatabase.waiting(key)).isEmpty());
    assertThat(TopicReader.shared().all(TOPIC, key)).hasSize(1);
  }

  @Test
  void aTransactionThatFailsLeavesNeitherStateNorEvent() throws Throwable {
    // given
    var failed = Facts.newKey();
    var later = Facts.newKey();

    // when
    assertThatThrownBy(() -> things.createAndFail(failed, Facts.raised(failed, 1)))
        .hasMessage("asked to");
    things.create(later, Facts.raised(later, 1));

    // then
    assertThat(TopicReader.shared().await(TOPIC, later, 1)).hasSize(1);
    assertThat(TopicReader.shared().all(TOPIC, failed)).isEmpty();
    assertThat(thingsCalled(failed)).isZero();
    assertThat(TestDatabase.waiting(failed)).isEmpty();
  }

  @Test
  void anEventIsRefusedOutsideATransaction() {
    // given
    var key = Facts.newKey();

    // when
    assertThatThrownBy(() -> things.announceWithoutTransaction(Facts.raised(key, 1)))
        .isInstanceOf(IllegalStateException.class);

    // then
    assertThat(TestDatabase.waiting(key)).isEmpty();
  }

  @Test
  void anotherServicesTopicIsRefused() {
    // given
    var key = Facts.newKey();

    // when
    assertThatThrownBy(() -> things.create(key, Facts.synced(key)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("notifier does not announce on insights.synced");

    // then
    assertThat(thingsCalled(key)).isZero();
  }

  private static EventMeta metaOf(ReceivedRecord record) {
    return new EventMeta(
        UUID.fromString(record.header("ce_id").orElseThrow()),
        Service.NOTIFIER,
        Instant.parse(record.header("ce_time").orElseThrow()),
        record.header("traceparent"));
  }

  private static long thingsCalled(String id) {
    return TestDatabase.column("select 1 from notifier.thing where id = ?", Integer.class, id)
        .size();
  }
}
