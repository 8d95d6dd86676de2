package io.tokenwarden.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.fleet.HeldLock;
import io.tokenwarden.testsupport.fleet.Replica;
import io.tokenwarden.testsupport.link.Direction;
import io.tokenwarden.testsupport.link.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A refresh that one replica of auth-service is at, held up by its link to Meta. The database
/// shows how far it has come.
final class HeldRefresh {
  private static final Duration SOON = Duration.ofSeconds(30);

  /// Until it is healed.
  static final Fault STANDSTILL = Fault.delay(Duration.ofHours(1));

  private final Story story;
  private final Replica replica;
  private final CompletableFuture<JsonNode> answer;

  private HeldRefresh(Story story, Replica replica) {
    this.story = story;
    this.replica = replica;
    this.answer = Meanwhile.get(() -> story.at(replica).is("refresh"));
  }

  /// It has begun, and Meta has yet to be asked for a new token.
  static HeldRefresh beforeItIsAnswered(Story story, Replica replica) {
    return held(story, replica, STANDSTILL);
  }

  /// Meta has given a new token, and nobody has heard of it.
  static HeldRefresh whoseAnswerIsLost(Story story, Replica replica) {
    var current = story.fleet().twin().livingTokens(story.person());
    var refresh = held(story, replica, Fault.swallow(Direction.TO_CLIENT));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(story.fleet().twin().livingTokens(story.person()))
                .hasSize(current.size() + 1));
    return refresh;
  }

  private static HeldRefresh held(Story story, Replica replica, Fault fault) {
    replica.toMeta().inflict(fault);
    var refresh = new HeldRefresh(story, replica);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(refresh.rows("leased_until is not null")).isOne());
    return refresh;
  }

  /// The new token is stored, and Meta has yet to be asked what it is worth.
  static HeldRefresh beforeItIsProved(Story story, Replica replica) {
    var refresh = beforeItIsAnswered(story, replica);
    try (var lock = story.lockConnection()) {
      refresh.comesTo(lock);
      replica.toMeta().inflict(STANDSTILL);
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(refresh.rows("staged")).isOne());
    return refresh;
  }

  private long rows(String where) {
    return story
        .fleet()
        .database()
        .count(
            "select count(*) from auth.renewal where connection_id = ? and " + where,
            story.connection());
  }

  /// Goes on to where it wants to write down what Meta has said, and waits there.
  void comesTo(HeldLock lock) {
    replica.toMeta().heal();
    lock.awaitWaiter(replica);
  }

  /// Goes on to its end.
  ///
  /// @return its outcome
  String goesOn() {
    replica.toMeta().heal();
    return answer.join().get("outcome").asText();
  }
}
