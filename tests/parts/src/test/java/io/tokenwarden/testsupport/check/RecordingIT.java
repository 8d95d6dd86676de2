package io.tokenwarden.testsupport.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.Topic;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.embedded.Topics;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingIT {

  @Test
  void readsOnFromWhereItEndedAndTellsFactsFromOthers() {
    // given
    Topics.createAll(SharedParts.kafka());
    try (var recording = Recording.of(SharedParts.kafka());
        var writer = TopicWriter.shared()) {
      recording.catchUp();
      long before = recording.size();
      var others = recording.others().size();
      var event = synced();

      // when
      var encoded =
          EventCodec.encode(
              EventMeta.now(Service.SYNC_WORKER, Clock.systemUTC(), Optional.empty()), event);
      writer.write(encoded.topic(), encoded.key(), encoded.value(), encoded.headers());
      var letter = writer.write(Service.NOTIFIER.deadLetterTopic(), "key", "rubbish", Map.of());
      recording.catchUp();

      // then
      assertThat(recording.size()).isEqualTo(before + 2);
      assertThat(recording.facts(Topic.INSIGHTS_SYNCED).getLast().event()).isEqualTo(event);
      assertThat(recording.others()).hasSize(others + 1);
      assertThat(recording.others().getLast().place()).isEqualTo(letter);
    }
  }

  private static InsightsSynced synced() {
    var day = LocalDate.parse("2026-11-20");
    var now = Instant.parse("2026-11-21T08:00:00Z");
    return new InsightsSynced(
        WorkspaceId.of("recorded"),
        AdAccountId.of("1"),
        InsightsLevel.ACCOUNT,
        day,
        day,
        3,
        false,
        now,
        now);
  }
}
