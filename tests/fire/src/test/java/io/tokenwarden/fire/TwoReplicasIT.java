package io.tokenwarden.fire;

import static io.tokenwarden.contracts.Service.AUTH_SERVICE;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.check.Checker;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.FleetPlan;
import io.tokenwarden.testsupport.fleet.Replica;
import io.tokenwarden.testsupport.link.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two replicas of every service side by side, asked in turn: both work, and the story is the one
/// that one replica tells. One of each is killed in the middle, and replaced. Two replicas of
/// auth-service race for one connection, and each can win.
class TwoReplicasIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PEOPLE = 3;
  private static final int PIECES_OF_EVIDENCE = Boolean.getBoolean("long") ? 1_000 : 100;

  /// With so many people, a replica that has done nothing does nothing.
  private static final int MOST_PEOPLE = 15;

  /// What a test holds up at Meta goes on when the test wants it, and not when it took too long.
  private static final String META_IS_SLOW = "40s";

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet =
        Fleet.start(FleetPlan.replicated(2).with(AUTH_SERVICE, "META_CALL_TIMEOUT", META_IS_SLOW));
  }

  @AfterEach
  void heal() {
    fleet.heal();
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
    var inspections =
        stories.stream()
            .map(story -> new Traces(story).inspections(lastCall, story.tokens()))
            .toList();
    stories.forEach(Story::reconnects);

    // then
    stories.forEach(Story::isWell);
    stories.forEach(Story::wasToldOnce);
    assertThat(inspections).as("inspections of each token").containsOnly(1L);
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

  // ---- races for one connection, between the replicas of auth-service

  /// Where a refresh meets a rival, and who is first.
  enum Meeting {
    /// The rival is done before Meta has given the new token.
    OVERTAKEN_AT_META,
    /// Both are about to write, and the rival comes first.
    SECOND_AT_THE_ROW,
    /// Both are about to write, and the refresh comes first.
    FIRST_AT_THE_ROW
  }

  /// Every meeting with `-Dlong`; as a rule the one at which a guard that is missing does harm.
  static Stream<Meeting> meetings() {
    return Boolean.getBoolean("long")
        ? Stream.of(Meeting.values())
        : Stream.of(Meeting.SECOND_AT_THE_ROW);
  }

  @ParameterizedTest
  @MethodSource("meetings")
  void aRefreshNeverReplacesTheTokenOfAReconnect(Meeting meeting) {
    // given
    var story = Story.beforeARefresh(fleet, "Reconnected during a refresh: " + meeting);

    // when
    var outcome = race(story, meeting, Story::reconnects);

    // then
    var traces = new Traces(story);
    if (meeting == Meeting.FIRST_AT_THE_ROW) {
      assertThat(outcome).isEqualTo("REFRESHED");
      assertThat(traces.told("token.refreshed")).containsExactly(2L);
      assertThat(traces.told("token.connected")).containsExactly(1L, 3L);
      assertThat(traces.kept()).containsExactly(3L);
    } else {
      assertThat(outcome).isEqualTo("OVERTAKEN");
      assertThat(traces.told("token.refreshed")).isEmpty();
      assertThat(traces.told("token.connected")).containsExactly(1L, 2L);
      assertThat(traces.kept()).containsExactly(2L);
    }
    var ofTheReconnect = meeting == Meeting.OVERTAKEN_AT_META ? 1 : 2;
    assertThat(traces.tokenInUse()).isEqualTo(traces.longLived().get(ofTheReconnect));
    traces.areInOrder();
    nothingIsAmiss();
  }

  @ParameterizedTest
  @MethodSource("meetings")
  void aRefreshNeverBringsADisconnectedConnectionBack(Meeting meeting) {
    // given
    var story = Story.beforeARefresh(fleet, "Disconnected during a refresh: " + meeting);

    // when
    var outcome = race(story, meeting, rival -> rival.is("disconnect"));

    // then
    var traces = new Traces(story);
    if (meeting == Meeting.FIRST_AT_THE_ROW) {
      assertThat(outcome).isEqualTo("REFRESHED");
      assertThat(traces.told("token.refreshed")).containsExactly(2L);
      assertThat(traces.told("token.disconnected")).containsExactly(3L);
    } else {
      assertThat(outcome).isEqualTo("OVERTAKEN");
      assertThat(traces.told("token.refreshed")).isEmpty();
      assertThat(traces.told("token.disconnected")).containsExactly(2L);
    }
    assertThat(story.shown().at("/health/lifecycle").asText()).isEqualTo("DISCONNECTED");
    assertThat(traces.kept()).isEmpty();
    traces.areInOrder();
    nothingIsAmiss();
  }

  /// The refresh is at one replica, its rival at the other.
  ///
  /// @return what came of the refresh
  private static String race(Story story, Meeting meeting, Consumer<Story> rival) {
    if (meeting == Meeting.OVERTAKEN_AT_META) {
      var refresh = HeldRefresh.beforeItIsAnswered(story, one());
      rival.accept(story.at(two()));
      return refresh.goesOn();
    }
    var refresh = HeldRefresh.beforeItIsProved(story, one());
    CompletableFuture<Void> deed;
    try (var lock = story.lockConnection()) {
      if (meeting == Meeting.FIRST_AT_THE_ROW) {
        refresh.comesTo(lock);
      }
      deed = Meanwhile.run(() -> rival.accept(story.at(two())));
      lock.awaitWaiter(two());
      if (meeting == Meeting.SECOND_AT_THE_ROW) {
        refresh.comesTo(lock);
      }
    }
    deed.join();
    return refresh.goesOn();
  }

  @ParameterizedTest(name = "the verdict comes first: {0}")
  @ValueSource(booleans = {true, false})
  void aVerdictIsAboutTheTokenThatWasAskedAbout(boolean verdictFirst) {
    // given
    var story = Story.atRest(fleet, "Judged and reconnected: " + verdictFirst);
    var firstTokens = story.tokens();
    var lastCall = fleet.twin().lastCall();
    story.tokenDiesUnnoticed();
    var question = HeldQuestion.about(story);
    var other = question.other(fleet.replicas(AUTH_SERVICE));

    // when
    CompletableFuture<Void> reconnect;
    try (var lock = story.lockConnection()) {
      if (verdictFirst) {
        question.comesTo(lock);
      }
      reconnect = Meanwhile.run(() -> story.at(other).reconnects());
      lock.awaitWaiter(other);
      if (!verdictFirst) {
        question.comesTo(lock);
      }
    }
    reconnect.join();

    // then
    var traces = new Traces(story);
    var answer = verdictFirst ? "DEAD PASSWORD_CHANGED" : "OUTDATED";
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(traces.answers(1)).containsExactly(answer));
    assertThat(traces.inspections(lastCall, firstTokens)).isEqualTo(1);
    assertThat(traces.told("token.expired")).isEqualTo(verdictFirst ? List.of(1L) : List.of());
    assertThat(traces.told("token.connected")).containsExactly(1L, 2L);
    assertThat(traces.kept()).containsExactly(2L);
    assertThat(traces.tokenInUse()).isEqualTo(traces.longLived().getLast());
    traces.areInOrder();
    nothingIsAmiss();
  }

  /// Half of it while Meta has yet to answer, the rest while the verdict is given and after it.
  @Test
  void anyAmountOfEvidenceIsOneInspectionAndOneEvent() {
    // given
    var story = Story.atRest(fleet, "Suspected by many");
    var lastCall = fleet.twin().lastCall();
    story.tokenDiesUnnoticed();
    var weighedBefore = weighed();
    var evidence = Suspicions.of(story);
    var links = fleet.replicas(AUTH_SERVICE).stream().map(Replica::toMeta).toList();
    links.forEach(link -> link.inflict(HeldRefresh.STANDSTILL));

    // when
    evidence.raise(PIECES_OF_EVIDENCE / 2);
    await().atMost(PATIENCE).until(() -> evidence.taken() == PIECES_OF_EVIDENCE / 2);
    links.forEach(TcpProxy::heal);
    evidence.raise(PIECES_OF_EVIDENCE / 2 - 1);
    var traces = new Traces(story);
    await().atMost(PATIENCE).until(() -> traces.answers(1).contains("DEAD PASSWORD_CHANGED"));
    evidence.raise(1);

    // then
    await().atMost(PATIENCE).until(() -> evidence.taken() == PIECES_OF_EVIDENCE);
    assertThat(traces.answers(1)).containsExactly("DEAD PASSWORD_CHANGED");
    assertThat(traces.told("token.expired")).containsExactly(1L);
    assertThat(traces.inspections(lastCall, story.tokens())).isEqualTo(1);
    assertThat(weighed())
        .as("evidence weighed by each replica")
        .allSatisfy(
            (replica, pieces) -> assertThat(pieces).isGreaterThan(weighedBefore.get(replica)));
    story.reconnects();
    traces.areInOrder();
    nothingIsAmiss();
  }

  private static Map<String, Double> weighed() {
    return fleet.replicas(AUTH_SERVICE).stream()
        .collect(toMap(Replica::name, replica -> replica.metric("tokenwarden_evidence_total")));
  }

  /// One refresh has stored its new token and not proved it, the other has lost its new token on
  /// the way.
  @Test
  void refreshesOfAKilledReplicaAreFinishedByTheOther() {
    // given
    var staged = Story.beforeARefresh(fleet, "Killed before the proof");
    var lost = Story.beforeARefresh(fleet, "Killed before the answer");
    HeldRefresh.beforeItIsProved(staged, one());
    HeldRefresh.whoseAnswerIsLost(lost, one());

    // when
    one().kill();

    // then
    var ofStaged = new Traces(staged);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ofStaged.kept()).containsExactly(2L));
    assertThat(ofStaged.longLived()).hasSize(2);
    assertThat(ofStaged.tokenInUse()).isEqualTo(ofStaged.longLived().getLast());

    // and when
    var outcome = lost.at(two()).is("refresh").get("outcome").asText();

    // then
    var ofLost = new Traces(lost);
    assertThat(outcome).isEqualTo("REFRESHED");
    assertThat(ofLost.kept()).containsExactly(2L);
    assertThat(ofLost.longLived()).hasSize(3);
    assertThat(ofLost.tokenInUse()).isEqualTo(ofLost.longLived().getLast());
    assertThat(ofLost.callsOf(ofLost.longLived().get(1))).isEmpty();

    // and
    for (var traces : List.of(ofStaged, ofLost)) {
      assertThat(traces.told("token.refreshed")).containsExactly(2L);
      traces.areInOrder();
    }
    fleet.heal();
    nothingIsAmiss();
  }

  private static Replica one() {
    return fleet.replicas(AUTH_SERVICE).getFirst();
  }

  private static Replica two() {
    return fleet.replicas(AUTH_SERVICE).getLast();
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
}
