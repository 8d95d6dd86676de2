package io.tokenwarden.outbox;

import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.TopicReader;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutboxRelayIT {
  private static final String TOPIC = "notification.raised";
  private static final Pattern DELIVERIES = Pattern.compile("\"deliveries\":(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Inject Things things;
  @Inject TestClock clock;
  @Inject Pool pool;

  @Test
  void eventsOfOneKeyArriveInTheOrderTheyWereAdded() throws Throwable {
    // given
    var one = Facts.newKey();
    var other = Facts.newKey();

    // when
    for (int transaction = 0; transaction < 3; transaction++) {
      int first = transaction * 100;
      things.create(Facts.newKey(), numbered(one, first, first + 100));
      things.create(Facts.newKey(), numbered(other, first, first + 100));
    }

    // then
    assertThat(TopicReader.shared().await(TOPIC, one, 300).stream().map(OutboxRelayIT::number))
        .containsExactlyElementsOf(range(0, 300).boxed().toList());
    assertThat(TopicReader.shared().await(TOPIC, other, 300).stream().map(OutboxRelayIT::number))
        .containsExactlyElementsOf(range(0, 300).boxed().toList());
  }

  @Test
  void anEventThatKafkaRefusesStopsOnlyItsKey() throws Throwable {
    // given
    var stopped = Facts.newKey();
    var other = Facts.newKey();

    // when
    things.create(
        stopped,
        Facts.raised(stopped, 1),
        Facts.tooLarge(stopped),
        Facts.raised(stopped, 2),
        Facts.raised(other, 1));
    things.create(other, Facts.raised(other, 2));

    // then
    assertThat(TopicReader.shared().await(TOPIC, other, 2)).hasSize(2);
    assertThat(TopicReader.shared().await(TOPIC, stopped, 1)).hasSize(1);
    await()
        .untilAsserted(
            () -> assertThat(refusals(stopped)).containsExactly("RecordTooLargeException"));
    assertThat(TestDatabase.waiting(stopped)).hasSize(2);

    // and when the reason is gone
    makeSmall(stopped);
    clock.hands().advance(Duration.ofMinutes(1));

    // then
    assertThat(TopicReader.shared().await(TOPIC, stopped, 3).stream().map(OutboxRelayIT::number))
        .containsExactly(1, 0, 2);
  }

  private void makeSmall(String key) {
    TestDatabase.execute(
        "update notifier.outbox set value = '{\"deliveries\":0}' where record_key = ? and refused is not null",
        key);
  }

  @Test
  void aTopicThatDoesNotExistHoldsUpNoOther() throws Throwable {
    // given
    var lost = Facts.newKey();
    addTo("no.such.topic", lost, 300);

    // when
    var key = Facts.newKey();
    things.create(key, Facts.raised(key, 1));

    // then
    assertThat(TopicReader.shared().await(TOPIC, key, 1)).hasSize(1);
    await().untilAsserted(() -> assertThat(TestDatabase.waiting(key)).isEmpty());
    assertThat(TestDatabase.waiting(lost + 1)).hasSize(1);
    TestDatabase.execute("delete from notifier.outbox where topic = 'no.such.topic'");
  }

  /// Rows with the keys `<key>1`, `<key>2`, and so on.
  private static void addTo(String topic, String key, int count) {
    TestDatabase.execute(
        """
        insert into notifier.outbox (topic, record_key, headers, value, created_at)
        select ?, ? || i, '{}', '{}', now() from generate_series(1, ?) as i
        """,
        topic,
        key,
        count);
  }

  @Test
  void whileTheBrokerIsAwayEventsWaitAndNoneIsLost() throws Throwable {
    // given
    var before = Facts.newKey();
    things.create(before, Facts.raised(before, 1));
    TopicReader.shared().await(TOPIC, before, 1);
    var key = Facts.newKey();

    // when
    try (var _ = FrozenBroker.freeze()) {
      things.create(key, numbered(key, 0, 10));
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(6))
          .until(() -> TestDatabase.waiting(key).size() == 10);
    }

    // then
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(TestDatabase.waiting(key)).isEmpty());
    assertThat(TopicReader.shared().all(TOPIC, key).stream().map(OutboxRelayIT::number).distinct())
        .containsExactlyElementsOf(range(0, 10).boxed().toList());
    assertThat(refusals(key)).isEmpty();
  }

  @Test
  void recoversWhenItsLeadingSessionIsEnded() throws Throwable {
    // given
    var before = Facts.newKey();
    things.create(before, Facts.raised(before, 1));
    TopicReader.shared().await(TOPIC, before, 1);

    // when
    assertThat(TestDatabase.endSessions(TestDatabase.LEADING)).isOne();
    var key = Facts.newKey();
    things.create(key, Facts.raised(key, 1));

    // then
    assertThat(TopicReader.shared().await(TOPIC, key, 1)).hasSize(1);
    assertThat(TestDatabase.column(TestDatabase.LEADING, Integer.class)).hasSize(1);
  }

  @Test
  void relaysOnlyWhileNoOtherReplicaLeads() throws Throwable {
    // given
    var other = ReplicaConnection.open(pool, (_, _) -> {}).await().atMost(PATIENCE);
    takeTheLead(other);
    var key = Facts.newKey();

    // when
    things.create(key, Facts.raised(key, 1));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(() -> TestDatabase.waiting(key).size() == 1);
    other.giveBack().await().atMost(PATIENCE);

    // then
    assertThat(TopicReader.shared().await(TOPIC, key, 1)).hasSize(1);
  }

  private static void takeTheLead(ReplicaConnection replica) {
    await()
        .until(() -> {
          TestDatabase.endSessions(TestDatabase.LEADING);
          return replica.lead().await().atMost(PATIENCE);
        });
  }

  private static Event[] numbered(String key, int from, int to) {
    return range(from, to).mapToObj(i -> Facts.raised(key, i)).toArray(Event[]::new);
  }

  private static int number(ReceivedRecord record) {
    var matcher = DELIVERIES.matcher(record.text());
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static List<String> refusals(String key) {
    return TestDatabase.column(
        "select refused from notifier.outbox where record_key = ? and refused is not null",
        String.class,
        key);
  }
}
