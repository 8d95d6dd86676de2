package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.verdict.Consequence.Blocked;
import io.tokenwarden.auth.verdict.Consequence.Changed;
import io.tokenwarden.auth.verdict.Consequence.Disabled;
import io.tokenwarden.auth.verdict.Consequence.Expired;
import io.tokenwarden.auth.verdict.Consequence.Lost;
import io.tokenwarden.auth.verdict.Consequence.Regranted;
import io.tokenwarden.auth.verdict.Consequence.Seen;
import io.tokenwarden.auth.verdict.Consequence.Silence;
import io.tokenwarden.auth.verdict.Consequence.Suspected;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import io.tokenwarden.outbox.LeaseHolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/// One connection, the questions about it and its app, and workers that ask them and may be slow.
/// It knows by itself what may change anything, and complains of whatever else does.
final class Court {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final LeaseHolder HOLDER = new LeaseHolder(1);
  private static final WorkspaceId WORKSPACE = WorkspaceId.of("demo");
  private static final ConnectionId ID = new ConnectionId(new UUID(0, 1));
  private static final String REACHED = "1";
  private static final String NEVER_REACHED = "2";

  /// A state the connection had, at which a call may have failed.
  private record Known(long generation, long revision) {}

  /// A worker that asks Meta.
  private record Asked(Question question, int attempt, long generation) {}

  /// Every change is a new revision.
  private record State(long generation, long revision, Health health) {}

  private final Random random;
  private final Answers answers;
  private final Connection connection = TestConnections.connected(WORKSPACE, ID, NOW);
  private final AppStanding app = AppStanding.good(connection.appId(), WORKSPACE);
  private final List<Known> history = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private State state = state();

  // What the fences are to know.
  private final Map<Inquiry, Long> answered = new HashMap<>();
  private boolean usable = true;
  private boolean blocked = false;
  private long appRevision = 0;
  private boolean appBlocked = false;

  Court(Random random) {
    this.random = random;
    this.answers = new Answers(random);
    answered.put(new OfToken(), 1L);
    remember();
  }

  void step() {
    var mayChange =
        switch (random.nextInt(8)) {
          case 0 -> reconnect();
          case 1, 2 -> claim();
          case 3, 4 -> settle();
          default -> hear(evidence());
        };
    var now = state();
    check(mayChange || now.equals(state), "What is old or answered changed something");
    check(
        now.revision() != state.revision() || now.equals(state),
        "Something changed, and has no revision of its own");
    check(!isAnythingAskedTwice(), "The same is asked twice");
    state = now;
  }

  private boolean isAnythingAskedTwice() {
    var about = new HashSet<List<Object>>();
    return open()
        .anyMatch(question -> !about.add(List.of(question.generation(), question.inquiry())));
  }

  private static boolean same(Question one, Question other) {
    return one.generation() == other.generation() && one.inquiry().equals(other.inquiry());
  }

  private Stream<Question> open() {
    return questions.stream().filter(question -> question.isOpenAt(question.attempts()));
  }

  private State state() {
    return new State(connection.generation(), connection.revision(), connection.health());
  }

  private void remember() {
    history.add(new Known(connection.generation(), connection.revision()));
  }

  private boolean reconnect() {
    TestConnections.reconnect(connection, NOW);
    answered.clear();
    answered.put(new OfToken(), connection.revision());
    usable = true;
    remember();
    return true;
  }

  // ---- what is heard

  /// Now and then who saw it mixes up what it knew of the connection at different times.
  private TokenSuspected evidence() {
    var known = anyKnown();
    var revision = random.nextInt(8) == 0 ? anyKnown().revision() : known.revision();
    var workspace = random.nextInt(16) == 0 ? WorkspaceId.of("foreign") : WORKSPACE;
    return new TokenSuspected(
        workspace,
        ID,
        known.generation(),
        revision,
        connection.appId(),
        connection.metaUserId(),
        TokenType.USER,
        NOW,
        ErrorCategory.TOKEN_INVALIDATED,
        Answers.ERROR,
        "/me",
        oneOf(null, REACHED, NEVER_REACHED),
        oneOf(Suspicion.values()));
  }

  private Known anyKnown() {
    return history.get(random.nextInt(history.size()));
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean hear(TokenSuspected evidence) {
    var counts = Weight.of(connection, evidence) == Weight.NEW;
    check(counts == mayCount(evidence), "Evidence counts that must not, or does not that must");
    if (counts) {
      Inquiry.of(evidence, connection.appId(), kindOfWhatIsReached(evidence))
          .filter(inquiry -> !isAnswered(inquiry, evidence))
          .ifPresent(inquiry -> ask(inquiry, Grounds.of(evidence)));
    }
    return false;
  }

  private boolean mayCount(TokenSuspected evidence) {
    return evidence.workspaceId().equals(WORKSPACE)
        && evidence.generation() == connection.generation()
        && usable
        && switch (evidence.suspicion()) {
          case TOKEN -> evidence.revision() >= answered.get(new OfToken());
          case BLOCK -> !blocked;
          case NONE, PERMISSIONS, ASSET, APP -> true;
        };
  }

  private static Optional<AssetType> kindOfWhatIsReached(TokenSuspected evidence) {
    return REACHED.equals(evidence.assetId())
        ? Optional.of(AssetType.AD_ACCOUNT)
        : Optional.empty();
  }

  /// As the table of questions is asked.
  private boolean isAnswered(Inquiry inquiry, TokenSuspected evidence) {
    return answered.getOrDefault(inquiry, 0L) > evidence.revision();
  }

  private void ask(Inquiry inquiry, Grounds grounds) {
    var question =
        inquiry instanceof OfApp ofApp
            ? Question.aboutApp(ofApp, grounds, NOW)
            : Question.about(connection, inquiry, grounds, NOW);
    if (open().noneMatch(other -> same(question, other))) {
      questions.add(question);
    }
  }

  // ---- what is asked

  /// A lease may have run out while its worker was at it: then another claims it, too.
  private boolean claim() {
    open()
        .skip(random.nextInt(3))
        .findFirst()
        .ifPresent(question -> {
          question.claim(HOLDER, NOW);
          outlive(question);
          asked.add(new Asked(question, question.attempts(), question.generation()));
        });
    return false;
  }

  /// A question about an asset outlives the token it was first asked with.
  private void outlive(Question question) {
    var another =
        open()
            .filter(other -> other.generation() == connection.generation())
            .anyMatch(other -> other.inquiry().equals(question.inquiry()));
    if (question.inquiry() instanceof OfAsset && connection.isUsable() && !another) {
      question.askedWith(connection.generation());
    }
  }

  /// Any worker may be the next that is done, and the slowest may be done twice.
  private boolean settle() {
    if (asked.isEmpty()) {
      return false;
    }
    var settled = asked.get(random.nextInt(asked.size()));
    return switch (settled.question().inquiry()) {
      case OfApp _ -> settleAboutApp(settled);
      case OfToken _, OfBlock _, OfPermissions _, OfAsset _ -> settleAboutConnection(settled);
    };
  }

  private boolean settleAboutConnection(Asked settled) {
    var question = settled.question();
    var counts =
        question.isOpenAt(settled.attempt()) && settled.generation() == connection.generation();
    switch (Fence.of(connection, question, settled.attempt(), settled.generation())) {
      case CURRENT -> {
        check(counts, "A late answer counts");
        rule(question);
      }
      case OUTDATED -> question.outdated(NOW);
      case SETTLED -> {}
    }
    return counts;
  }

  private void rule(Question question) {
    var ruling = new Ruling(connection, question, Answers.CONFIG, NOW);
    follow(ruling, question, ruling.on(answers.to(question.inquiry())));
    if (question.answeredAt().isPresent()) {
      answered.put(question.inquiry(), connection.revision());
    }
    check(connection.isUsable() == usable, "A dead token rose, or a living one died unheard");
    remember();
  }

  private void follow(Ruling ruling, Question question, Consequence consequence) {
    switch (consequence) {
      case Silence _, Regranted _ -> {}
      case Changed _ -> heardOfTheToken(question);
      case Expired _, Disabled _ -> {
        usable = false;
        heardOfTheToken(question);
      }
      case Blocked _ -> {
        blocked = true;
        heardOfTheToken(question);
      }
      case Seen(var sight, _) -> {
        var changed = sight.isUsable() ? regained() : lost(Reason.DISABLED);
        follow(ruling, question, ruling.seen(sight, changed));
      }
      case Lost(_, var reason, _) -> lost(reason);
      case Suspected(var inquiry, var grounds) -> ask(inquiry, grounds);
    }
  }

  /// Whoever asked about a block asked about the token, too.
  private void heardOfTheToken(Question question) {
    if (question.inquiry() instanceof OfToken || question.inquiry() instanceof OfBlock) {
      answered.put(new OfToken(), connection.revision());
    }
  }

  private boolean regained() {
    return connection.regained(ConditionKind.AD_ACCOUNT_UNAVAILABLE, REACHED);
  }

  private boolean lost(Reason reason) {
    connection.lost(
        new Condition(
            ConditionKind.AD_ACCOUNT_UNAVAILABLE,
            reason,
            REACHED,
            ID,
            Remedy.ASSIGN_ASSET,
            NOW,
            null));
    return true;
  }

  private boolean settleAboutApp(Asked settled) {
    if (settled.question().isOpenAt(settled.attempt())) {
      app.settle(settled.question(), answers.aboutTheApp(), Answers.CONFIG, NOW)
          .ifPresent(this::announced);
    }
    return false;
  }

  /// Blocked and restored take turns, each with the next revision.
  private void announced(AppEvent event) {
    check(event.revision() == appRevision + 1, "A revision of the app is missing");
    check(event instanceof AppBlocked != appBlocked, "It was announced before");
    appRevision = event.revision();
    appBlocked = !appBlocked;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
