package io.tokenwarden.fire;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.EncodedEvent;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.TopicWriter;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Evidence against a token as it is now, told by gateways that know nothing of each other: each
/// piece is a fact of its own, and unlike a gateway's they lie on all partitions, so that several
/// replicas take them up at once.
final class Suspicions {
  private final Fleet fleet;
  private final Story story;
  private final long generation;
  private final long revision;
  private final List<String> raised = new ArrayList<>();

  private Suspicions(Story story, long generation, long revision) {
    this.fleet = story.fleet();
    this.story = story;
    this.generation = generation;
    this.revision = revision;
  }

  static Suspicions of(Story story) {
    var connection = story.shown();
    return new Suspicions(
        story, connection.get("generation").asLong(), connection.get("revision").asLong());
  }

  /// Returns when the broker has them.
  void raise(int pieces) {
    try (var writer = new TopicWriter(fleet.kafka().bootstrapServers())) {
      for (int i = 0; i < pieces; i++) {
        var record = piece();
        raised.add(record.headers().get("ce_id"));
        writer.write(
            record.topic(), UUID.randomUUID().toString(), record.value(), record.headers());
      }
    }
  }

  private EncodedEvent piece() {
    var clock = Clock.systemUTC();
    return EventCodec.encode(
        EventMeta.now(Service.GRAPH_GATEWAY, clock, Optional.empty()),
        new TokenSuspected(
            WorkspaceId.of(Story.WORKSPACE),
            new ConnectionId(story.connection()),
            generation,
            revision,
            MetaTwin.APP_ID,
            story.person().id(),
            TokenType.USER,
            clock.instant(),
            ErrorCategory.TOKEN_INVALIDATED,
            new GraphErrorInfo(190, 460, "OAuthException", 400, "trace"),
            "/v25.0/me",
            null,
            Suspicion.TOKEN));
  }

  /// How many of them have taken effect.
  long taken() {
    return fleet
        .database()
        .count(
            """
            select count(*) from auth.inbox
            where event_id = any(cast(string_to_array(?, ',') as uuid[]))
            """,
            String.join(",", raised));
  }
}
