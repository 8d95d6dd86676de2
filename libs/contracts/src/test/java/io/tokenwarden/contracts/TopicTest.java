package io.tokenwarden.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

  private static TopicSpec spec(String name) {
    return TopicSpec.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
