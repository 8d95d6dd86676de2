package io.tokenwarden.auth.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Question;
import io.tokenwarden.auth.verdict.Question.Finding;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import io.tokenwarden.outbox.LeaseHolder;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Replicas;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// P2 for the judge on the real database, its workers asking the twin: evidence in any order, from
/// several replicas at once, however often, opens at most one question about the current token, and
/// none about any other.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class EvidenceIT {
  private static final Replicas REPLICAS = new Replicas();

  /// No session has it: they draw smaller ones.
  private static final LeaseHolder GONE = new LeaseHolder(Integer.MAX_VALUE);

  private static final GraphErrorInfo ERROR =
      new GraphErrorInfo(190, 460, "OAuthException", 400, "trace");

  @Inject Evidence evidence;
  @Inject Connections connections;
  @Inject DueQuestions questions;

  static LongStream seeds() {
    return History.seedsForDatabase();
  }

  @AfterAll
  static void end() {
    REPLICAS.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void onlyEvidenceAboutTheCurrentTokenIsHeardAndThatOnce(long seed) {
    // given
    var random = new Random(seed);
    var states = states(seed, random.nextInt(1, 5));
    var current = states.getLast();
    var aboutTheCurrent = random.nextBoolean();
    var arrivals =
        arrivals(aboutTheCurrent ? states : states.subList(0, states.size() - 1), random);

    // when
    REPLICAS.handle(arrivals, this::handle);

    // then
    var expected = aboutTheCurrent ? List.of(current.generation()) : List.<Long>of();
    assertThat(generationsAskedAbout(current)).isEqualTo(expected);
    await()
        .untilAsserted(() ->
            assertThat(now(current).revision()).isEqualTo(current.revision() + expected.size()));
    assertThat(now(current).health().tokenStatus())
        .isEqualTo(aboutTheCurrent ? TokenStatus.EXPIRED : TokenStatus.ACTIVE);

    // and when
    REPLICAS.handle(arrivals, this::handle);

    // then
    assertThat(generationsAskedAbout(current)).isEqualTo(expected);
  }

  @Test
  void aQuestionThatAGoneReplicaWasAskingIsAskedByAnother() {
    // given
    var connection = states(-1, 1).getFirst();
    var question =
        Question.about(connection, new OfToken(), Grounds.of(suspected(connection)), Instant.now());
    question.claim(GONE, Instant.now().plus(Duration.ofDays(1)));

    // when
    Transactions.inTransaction(() -> questions.persist(question));

    // then
    await()
        .untilAsserted(() ->
            assertThat(now(connection).health().tokenStatus()).isEqualTo(TokenStatus.EXPIRED));
  }

  @Test
  void aQuestionWhoseTokenCannotBeOpenedIsPostponedAndHoldsUpNoOther() {
    // given
    var spoilt = states(-2, 1).getFirst();
    var other = states(-3, 1).getFirst();
    Traces.spoilKey(spoilt.workspace());

    // when
    handle(suspected(spoilt));
    handle(suspected(other));

    // then
    await()
        .untilAsserted(
            () -> assertThat(now(other).health().tokenStatus()).isEqualTo(TokenStatus.EXPIRED));
    var question = postponedTwice(spoilt);
    assertThat(Traces.between(question, "opened_at", "due_at"))
        .isGreaterThanOrEqualTo(Traces.sum(Question::backoff, (int) question.get("attempts")));
    assertThat(findings(spoilt))
        .extracting(Finding::outcome)
        .containsOnly("Unreadable VAULT_KEY_REFUSED");
    assertThat(now(spoilt).revision()).isEqualTo(spoilt.revision());

    // and when
    Traces.spoilKey(spoilt.workspace());
    Traces.change(
        "update auth.question set due_at = now() where connection_id = ?",
        spoilt.connectionId().value());

    // then
    await()
        .untilAsserted(
            () -> assertThat(now(spoilt).health().tokenStatus()).isEqualTo(TokenStatus.EXPIRED));
  }

  /// Many more than the workers would end if each ended one a second.
  @Test
  void whatCannotBeAskedAnyMoreIsOverAtOnce() {
    // given
    var opened = Grounds.of("a test", Instant.now());
    var ofUnknownApps =
        IntStream.range(0, 80)
            .mapToObj(i -> Question.aboutApp(new OfApp("98000000" + i), opened, Instant.now()))
            .toList();

    // when
    Transactions.inTransaction(() -> questions.persist(ofUnknownApps));

    // then
    await()
        .atMost(Duration.ofSeconds(8))
        .untilAsserted(() ->
            assertThat(
                    Traces.rows("select answer from auth.question where target like '98000000%'"))
                .hasSize(80)
                .extracting(row -> row.get("answer"))
                .containsOnly("OUTDATED"));
  }

  private static Map<String, Object> postponedTwice(Connection connection) {
    return await()
        .until(
            () -> question(connection),
            question ->
                (int) question.get("attempts") >= 2 && question.get("leased_until") == null);
  }

  private static Map<String, Object> question(Connection connection) {
    return Traces.rows(
            "select * from auth.question where connection_id = ?",
            connection.connectionId().value())
        .getFirst();
  }

  private List<Finding> findings(Connection connection) {
    return Transactions.inTransaction(
            () -> questions.find("connectionId", connection.connectionId().value()).singleResult())
        .findings();
  }

  /// What the connection was after each consent. The token is one that Meta says is no good.
  private List<Connection> states(long seed, int consents) {
    var workspace = WorkspaceId.of("evidence-" + seed);
    var states = new ArrayList<Connection>();
    for (int i = 0; i < consents; i++) {
      states.add(
          Transactions.inTransaction(
              () -> connections.connect(workspace, "ann", TestConnections.token("7" + seed))));
    }
    return states;
  }

  private static List<Event> arrivals(List<Connection> states, Random random) {
    var arrivals = new ArrayList<Event>();
    for (var state : states) {
      Collections.addAll(arrivals, suspected(state), suspected(state));
    }
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  private static TokenSuspected suspected(Connection state) {
    return new TokenSuspected(
        state.workspace(),
        state.connectionId(),
        state.generation(),
        state.revision(),
        state.appId(),
        state.metaUserId(),
        state.tokenType(),
        Clock.systemUTC().instant(),
        ErrorCategory.TOKEN_INVALIDATED,
        ERROR,
        "/me",
        null,
        Suspicion.TOKEN);
  }

  private void handle(Event fact) {
    var meta = EventMeta.now(fact.topic().producer(), Clock.systemUTC(), Optional.empty());
    Transactions.inTransaction(() -> evidence.handle(meta, fact));
  }

  private List<Long> generationsAskedAbout(Connection connection) {
    return Transactions.inTransaction(
            () -> questions.list("connectionId", connection.connectionId().value()))
        .stream()
        .map(Question::generation)
        .toList();
  }

  private Connection now(Connection connection) {
    return Transactions.inTransaction(() -> connections.find(connection.connectionId()));
  }
}
