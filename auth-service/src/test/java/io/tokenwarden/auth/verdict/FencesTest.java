package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.verdict.AskedQuestion.About;
import io.tokenwarden.auth.verdict.Evidence.Weight;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Settlement.Fence;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import io.tokenwarden.outbox.LeaseHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// P2 for the judge: whatever evidence comes, in whatever order, however late and however often,
/// and however late an answer of Meta is there, what is about an older generation, or answered
/// already, changes nothing.
class FencesTest {

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsOldOrAnsweredChangesNothing(@ForAll("seeds") long seed) {
    var court = new Court(new Random(seed));
    for (int step = 0; step < 20; step++) {
      court.step();
    }
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.randomValue(Random::nextLong);
  }

  /// One connection, the questions about it, and workers that ask them and may be slow.
  private static final class Court {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final LeaseHolder HOLDER = new LeaseHolder(1);
    private static final WorkspaceId WORKSPACE = WorkspaceId.of("demo");
    private static final ConnectionId ID = new ConnectionId(new UUID(0, 1));
    private static final GraphErrorInfo ERROR =
        new GraphErrorInfo(190, 460, "OAuthException", 400, "trace");

    /// A state the connection had, at which a call may have failed.
    private record Seen(long generation, long revision) {}

    private final Random random;
    private final Connection connection = TestConnections.connected(WORKSPACE, ID, NOW);
    private final List<Seen> history = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<AskedQuestion> asked = new ArrayList<>();
    private long answeredRevision = 1;
    private boolean alive = true;

    Court(Random random) {
      this.random = random;
      remember();
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0 -> reconnect();
        case 1, 2 -> claim();
        case 3, 4 -> settle();
        default -> hear(evidence());
      }
      check(open(connection.generation()) <= 1, "Two questions are open about one generation");
    }

    private void remember() {
      history.add(new Seen(connection.generation(), connection.revision()));
    }

    private void reconnect() {
      TestConnections.reconnect(connection, NOW);
      answeredRevision = connection.revision();
      alive = true;
      remember();
    }

    /// Now and then who saw it mixes up what it knew of the connection at different times.
    private TokenSuspected evidence() {
      var seen = anySeen();
      var revision = random.nextInt(8) == 0 ? anySeen().revision() : seen.revision();
      var workspace = random.nextInt(16) == 0 ? WorkspaceId.of("foreign") : WORKSPACE;
      return new TokenSuspected(
          workspace,
          ID,
          seen.generation(),
          revision,
          connection.appId(),
          connection.metaUserId(),
          TokenType.USER,
          NOW,
          ErrorCategory.TOKEN_INVALIDATED,
          ERROR,
          "/me",
          null,
          Suspicion.TOKEN);
    }

    private Seen anySeen() {
      return history.get(random.nextInt(history.size()));
    }

    private void hear(TokenSuspected evidence) {
      var opens = Weight.of(connection, evidence) == Weight.NEW;
      var mayOpen =
          evidence.workspaceId().equals(WORKSPACE)
              && evidence.generation() == connection.generation()
              && evidence.revision() >= answeredRevision
              && alive;
      if (opens != mayOpen) {
        throw new AssertionError(evidence + " opens a question: " + opens);
      }
      if (opens && open(evidence.generation()) == 0) {
        questions.add(Question.about(connection, new OfToken(), Grounds.of(evidence), NOW));
      }
    }

    private long open(long generation) {
      return questions.stream()
          .filter(question -> question.generation() == generation)
          .filter(question -> question.isOpenAt(question.attempts()))
          .count();
    }

    /// A lease may have run out while its worker was at it: then another claims it, too.
    private void claim() {
      questions.stream()
          .filter(question -> question.isOpenAt(question.attempts()))
          .findAny()
          .ifPresent(question -> {
            question.claim(HOLDER, NOW);
            asked.add(
                new AskedQuestion(
                    question.id(),
                    question.attempts(),
                    question.inquiry(),
                    null,
                    new About(ID, question.generation(), connection.metaUserId(), null)));
          });
    }

    /// Any worker may be the next that is done, and the slowest may be done twice.
    private void settle() {
      if (asked.isEmpty()) {
        return;
      }
      var settled = asked.get(random.nextInt(asked.size()));
      var question =
          questions.stream().filter(each -> each.id().equals(settled.id())).findAny().orElseThrow();
      var before = state();
      var wasOpen = question.isOpenAt(settled.attempt());
      switch (Fence.of(settled, connection, question)) {
        case CURRENT -> {
          check(wasOpen, "A question is settled twice");
          check(
              settled.about().generation() == before.generation(),
              "A verdict on another generation");
          answer(question);
        }
        case OUTDATED -> question.outdated(NOW);
        case SETTLED -> {}
      }
      var changes = wasOpen && settled.about().generation() == before.generation();
      check(changes || before.equals(state()), "A late answer changed something");
    }

    /// Every change is a new revision.
    private record State(long generation, long revision) {}

    private State state() {
      return new State(connection.generation(), connection.revision());
    }

    private void answer(Question question) {
      switch (random.nextInt(4)) {
        case 0 -> {
          connection.expired(Reason.PASSWORD_CHANGED, NOW);
          question.answered("DEAD", connection.revision(), NOW);
          alive = false;
          answered();
        }
        case 1 -> {
          connection.verified(NOW);
          question.answered("ALIVE", connection.revision(), NOW);
          answered();
        }
        case 2 -> {
          question.keptOpen(Duration.ofMinutes(15), NOW);
          if (connection.checkpoint(NOW)) {
            answered();
          }
        }
        default -> question.postponed(NOW);
      }
    }

    private void answered() {
      answeredRevision = connection.revision();
      remember();
    }

    private static void check(boolean holds, String otherwise) {
      if (!holds) {
        throw new AssertionError(otherwise);
      }
    }
  }
}
