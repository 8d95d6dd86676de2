package io.tokenwarden.fire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.check.Checker;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.FleetPlan;
import io.tokenwarden.testsupport.fleet.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two replicas of every service side by side, asked in turn: both work, and the story is the one
/// that one replica tells. One of each is killed in the middle, and replaced.
class TwoReplicasIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PEOPLE = 3;

  /// With so many people, a replica that has done nothing does nothing.
  private static final int MOST_PEOPLE = 15;

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.start(FleetPlan.replicated(2));
  }

  @AfterAll
  static void end() {
    fleet.close();
  }

  @Test
  void bothWorkAndTheStoryStaysTheSame() {
    // given
    var stories = begun();
    var lastCall = fleet.twin().lastCall();

    // when
    stories.forEach(Story::tokenDies);
    stories.forEach(Story::isBlocked);
    var calls = fleet.twin().callsAfter(lastCall);
    stories.forEach(Story::reconnects);

    // then
    stories.forEach(Story::isWell);
    stories.forEach(Story::wasToldOnce);
    for (var story : stories) {
      assertThat(inspections(calls, story)).as("inspections of %s", story.label()).isEqualTo(1);
    }
    assertThat(idle()).as("replicas that have done nothing").isEmpty();
    nothingIsAmiss();
  }

  @Test
  void theStoryGoesOnWhenOneOfEachIsKilledAndReplaced() {
    // given
    var stories = List.of(Story.begun(fleet, "One"), Story.begun(fleet, "Two"));
    stories.forEach(Story::tokenDies);

    // when
    for (var service : Service.values()) {
      fleet.replica(service).kill();
    }

    // then
    stories.forEach(Story::isBlocked);

    // and when
    for (var service : Service.values()) {
      fleet.replica(service).start();
    }
    stories.forEach(Story::reconnects);

    // then
    stories.forEach(Story::isWell);
    stories.forEach(Story::wasToldOnce);
    nothingIsAmiss();
  }

  /// The topics and the tables of all services agree.
  private static void nothingIsAmiss() {
    try (var checker = Checker.of(fleet)) {
      checker.awaitNone(PATIENCE);
    }
  }

  /// People, and so many more that every replica has had something to do.
  private static List<Story> begun() {
    var stories = new ArrayList<Story>();
    while (stories.size() < PEOPLE || !idle().isEmpty() && stories.size() < MOST_PEOPLE) {
      stories.add(Story.begun(fleet, "Person " + stories.size()));
    }
    return stories;
  }

  private static List<Replica> idle() {
    return fleet.replicas().stream().filter(Predicate.not(TwoReplicasIT::hasWorked)).toList();
  }

  /// By its own account.
  private static boolean hasWorked(Replica replica) {
    return switch (replica.service()) {
      case AUTH_SERVICE -> replica.metric("http_server_requests_seconds_count", "/auth/") > 0;
      case GRAPH_GATEWAY -> replica.metric("http_server_requests_seconds_count", "/graph") > 0;
      case TOKEN_REFRESHER -> replica.metric("tokenwarden_work_total", "outcome=\"DONE\"") > 0;
      case SYNC_WORKER -> replica.metric("tokenwarden_sync_runs_seconds_count") > 0;
      case NOTIFIER -> replica.metric("tokenwarden_records_total", "outcome=\"applied\"") > 0;
    };
  }

  /// How often Meta was asked what the first token of the story is worth.
  private static long inspections(JsonNode calls, Story story) {
    return StreamSupport.stream(calls.spliterator(), false)
        .filter(call -> call.get("path").asText().endsWith("/debug_token"))
        .filter(call -> story.tokens().contains(call.path("inputToken").asText()))
        .count();
  }
}
