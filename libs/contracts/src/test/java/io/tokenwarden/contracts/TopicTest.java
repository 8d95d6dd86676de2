package io.tokenwarden.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void everyServiceHasADeadLetterTopicAndARetryTopicThatItAloneReads() {
    for (var service : Service.values()) {
      // when
      var deadLetters = spec(service.id() + ".dlt");
      var retry = spec(service.id() + ".retry");

      // then
      assertThat(deadLetters.producers()).containsExactly(service);
      assertThat(deadLetters.retention()).contains(Duration.ofDays(30));
      assertThat(deadLetters.maxRecordBytes()).hasValue(2 * 1024 * 1024);
      assertThat(retry.consumers()).containsExactly(service);
      assertThat(retry.retention()).contains(Duration.ofDays(7));
    }
  }

  @Test
  void onlyTheStatesThatANewSubscriberReadsFirstAreCompacted() {
    // when
    var compacted = TopicSpec.all().stream().filter(TopicSpec::compacted).map(TopicSpec::name);

    // then
    assertThat(compacted).containsExactlyInAnyOrder("token.health", "asset.health", "dlt.receipts");
  }

  @Test
  void everyTopicHasTwelvePartitionsAndANameOfItsOwn() {
    assertThat(TopicSpec.all()).allMatch(spec -> spec.partitions() == 12);
    assertThat(TopicSpec.all().stream().map(TopicSpec::name)).doesNotHaveDuplicates();
  }

  @Test
  void onlyAuthServiceAnnouncesHealth() {
    for (var topic : Topic.values()) {
      if (topic.topicName().matches("(token|scope|asset|app)\\..*")
          && topic != Topic.TOKEN_SUSPECTED) {
        assertThat(topic.producer()).as(topic.topicName()).isEqualTo(Service.AUTH_SERVICE);
      }
    }
  }

  @Test
  void notifierReadsAllButEvidenceRevokedHandlesAndItsOwn() {
    assertThat(Topic.readBy(Service.NOTIFIER))
        .doesNotContain(Topic.TOKEN_SUSPECTED, Topic.HANDLE_REVOKED, Topic.NOTIFICATION_RAISED)
        .hasSize(Topic.values().length - 3);
  }

  @Test
  void aTopicIsFoundByItsNameAndByTheTypeOfItsFacts() {
    for (var topic : Topic.values()) {
      assertThat(Topic.ofName(topic.topicName())).contains(topic);
      assertThat(Topic.ofEventType(topic.eventType())).contains(topic);
    }
    assertThat(Topic.ofName("token.melted")).isEmpty();
    assertThat(Topic.ofEventType("io.tokenwarden.token.melted.v1")).isEmpty();
  }

  @Test
  void aServiceSubscribesToWhatNamesItAsAReader() {
    for (var topic : Topic.values()) {
      for (var service : Service.values()) {
        assertThat(Topic.readBy(service).contains(topic))
            .isEqualTo(topic.consumers().contains(service));
      }
    }
    assertThat(Topic.NOTIFICATION_RAISED.consumers()).isEmpty();
    assertThat(Topic.HANDLE_REVOKED.consumers()).containsExactly(Service.GRAPH_GATEWAY);
  }

  @Test
  void aSourceTopicIsWrittenByItsProducerAndKeptForTwoWeeksUnlessCompacted() {
    for (var topic : Topic.values()) {
      // when
      var spec = spec(topic.topicName());

      // then
      assertThat(spec.producers()).containsExactly(topic.producer());
      assertThat(spec.consumers()).isEqualTo(topic.consumers());
      assertThat(spec.retention())
          .isEqualTo(topic.compacted() ? Optional.empty() : Optional.of(Duration.ofDays(14)));
    }
  }

  @Test
  void everybodySaysWhatBecameOfAReplayedRecord() {
    assertThat(spec("dlt.receipts").producers()).containsExactlyInAnyOrder(Service.values());
  }

  @Test
  void aTopicIsEitherCompactedOrKeptForATime() {
    assertThatThrownBy(() -> spec(Optional.of(Duration.ofDays(1)), true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> spec(Optional.empty(), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TopicSpec spec(Optional<Duration> retention, boolean compacted) {
    return new TopicSpec(
        "a.topic", 12, retention, compacted, OptionalInt.empty(), Set.of(), Set.of());
  }

  private static TopicSpec spec(String name) {
    return TopicSpec.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
