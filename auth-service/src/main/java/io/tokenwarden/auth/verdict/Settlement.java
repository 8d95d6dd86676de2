package io.tokenwarden.auth.verdict;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.asset.Sight;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Announcements;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.AppRefused;
import io.tokenwarden.auth.verdict.Verdict.AppServed;
import io.tokenwarden.auth.verdict.Verdict.AssetGone;
import io.tokenwarden.auth.verdict.Verdict.AssetShown;
import io.tokenwarden.auth.verdict.Verdict.Checkpoint;
import io.tokenwarden.auth.verdict.Verdict.Dead;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Granted;
import io.tokenwarden.auth.verdict.Verdict.Unfit;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpired;
import io.tokenwarden.contracts.ConnectionEvent.TokenInactive;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/// Writes verdicts about connections down. Condition, revision and events are one transaction under
/// the lock of the connection; a verdict on any generation but the current one changes nothing.
@ApplicationScoped
class Settlement {
  private static final String ACTOR = "auth-service";
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Connections connections;
  private final DueQuestions questions;
  private final AppStandings apps;
  private final Assets assets;
  private final Announcements announcements;
  private final Outbox outbox;
  private final AuditLog audit;
  private final VerdictConfig config;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  Settlement(
      Connections connections,
      DueQuestions questions,
      AppStandings apps,
      Assets assets,
      Announcements announcements,
      Outbox outbox,
      AuditLog audit,
      VerdictConfig config,
      MeterRegistry metrics,
      Clock clock) {
    this.connections = connections;
    this.questions = questions;
    this.apps = apps;
    this.assets = assets;
    this.announcements = announcements;
    this.outbox = outbox;
    this.audit = audit;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  @WithTransaction
  Uni<Void> settle(AskedQuestion asked, Verdict verdict) {
    metrics
        .counter("tokenwarden.verdicts", "verdict", verdict.getClass().getSimpleName())
        .increment();
    return switch (asked.inquiry()) {
      case OfApp _ -> apps.settle(asked, verdict);
      case OfToken _, OfBlock _, OfPermissions _, OfAsset _ -> settleAbout(asked, verdict);
    };
  }

  private Uni<Void> settleAbout(AskedQuestion asked, Verdict verdict) {
    return connections
        .lock(asked.about().connection())
        .chain(connection ->
            questions
                .findById(asked.id())
                .chain(question -> settle(asked, connection, question, verdict)));
  }

  private Uni<Void> settle(
      AskedQuestion asked, Connection connection, Question question, Verdict verdict) {
    return switch (Fence.of(asked, connection, question)) {
      case SETTLED -> NOTHING;
      case OUTDATED -> outdated(question);
      case CURRENT -> new Ruling(connection, question, clock.instant()).write(verdict);
    };
  }

  private Uni<Void> outdated(Question question) {
    question.outdated(clock.instant());
    return NOTHING;
  }

  /// One verdict on one question about one connection.
  private final class Ruling {
    private final Connection connection;
    private final Question question;
    private final Instant now;

    Ruling(Connection connection, Question question, Instant now) {
      this.connection = connection;
      this.question = question;
      this.now = now;
    }

    Uni<Void> write(Verdict verdict) {
      question.found(verdict.getClass().getSimpleName(), info(errorOf(verdict)), now);
      return switch (verdict) {
        case Alive alive -> alive(alive);
        case Unfit(var reason) -> disabled("UNFIT", reason);
        case Dead dead -> dead(dead);
        case Checkpoint _ -> checkpoint();
        case Disputed _ -> disputed();
        case Granted granted -> granted(granted);
        case AssetShown shown -> shown(shown);
        case AssetGone _ -> gone();
        case Unproven unproven -> unproven(unproven);
        case AppServed _, AppRefused _ -> unproven(new Unproven(null));
      };
    }

    private Uni<Void> alive(Alive alive) {
      var inspection = alive.inspection();
      connection.endsAt(inspection.expiresAt(), inspection.dataAccessExpiresAt(), now);
      if (question.inquiry() instanceof OfBlock) {
        var until = now.plus(config.blockLasts());
        connection.blocked(until, now);
        return answered("BLOCKED").chain(() -> record("connection.blocked", "until " + until));
      }
      connection.verified(now);
      return answered("ALIVE");
    }

    private Uni<Void> dead(Dead dead) {
      connection.expired(dead.reason(), now);
      return assets
          .adAccounts(connection.connectionId())
          .map(affected ->
              TokenExpired.of(
                  connection.state(now),
                  dead.reason(),
                  Remedy.RECONNECT,
                  info(dead.error()),
                  affected))
          .chain(outbox::add)
          .chain(() -> answered("DEAD " + dead.reason()))
          .chain(() -> record("token.expired", dead.reason().name()));
    }

    private Uni<Void> disabled(String answer, Reason reason) {
      connection.disabled(reason, now);
      return outbox
          .add(new TokenInactive(connection.state(now), reason, Remedy.RECONNECT))
          .chain(() -> answered(answer))
          .chain(() -> record("token.inactive", reason.name()));
    }

    private Uni<Void> checkpoint() {
      question.keptOpen(config.askAgainEvery(), now);
      return connection.checkpoint(now)
          ? announcements.health(connection, Origin.answer("CHECKPOINT", question.id()), now)
          : NOTHING;
    }

    private Uni<Void> disputed() {
      return question.disagreed(now) < Question.DISAGREEMENTS_LIMIT
          ? NOTHING
          : disabled("DISPUTED", Reason.UNVERIFIABLE);
    }

    private Uni<Void> granted(Granted granted) {
      var change = connection.granted(granted.scopes(), now);
      if (change.isEmpty()) {
        connection.confirmed(now);
        return answered("GRANTED AS BEFORE");
      }
      return answered("GRANTED").chain(() -> announcements.scopes(connection, change.get(), now));
    }

    private Uni<Void> shown(AssetShown shown) {
      var asset = asset();
      var sight = Sight.of(asset.type(), asset.assetId(), shown.facts());
      return assets
          .seen(connection, sight, origin("SHOWN"), now)
          .chain(changed -> sight.isUsable() ? found(changed) : waitForThePerson());
    }

    private Uni<Void> found(boolean changed) {
      if (changed) {
        question.answered("SHOWN", connection.revision(), now);
        return NOTHING;
      }
      connection.confirmed(now);
      return answered("SHOWN AS BEFORE");
    }

    private Uni<Void> gone() {
      var asset = asset();
      return assets
          .lost(connection, asset.type(), asset.assetId(), Reason.NOT_ASSIGNED, origin("GONE"), now)
          .chain(this::waitForThePerson);
    }

    private Uni<Void> waitForThePerson() {
      question.keptOpen(config.askAgainEvery(), now);
      return NOTHING;
    }

    private OfAsset asset() {
      return (OfAsset) question.inquiry();
    }

    /// What Meta said may be about something else, which is then asked about.
    private Uni<Void> unproven(Unproven unproven) {
      question.postponed(now);
      return unproven.error() == null ? NOTHING : followUp(unproven.error());
    }

    private Uni<Void> followUp(GraphError error) {
      var grounds =
          Grounds.of("a question about " + question.inquiry().subject(), now, info(error));
      return switch (error.meaning().suspicion()) {
        case APP -> questions.openAboutApp(connection.appId(), grounds);
        case TOKEN ->
            isAboutTheToken() ? NOTHING : questions.open(connection, new OfToken(), grounds);
        case NONE, PERMISSIONS, ASSET, BLOCK -> NOTHING;
      };
    }

    private boolean isAboutTheToken() {
      return switch (question.inquiry()) {
        case OfToken _, OfBlock _ -> true;
        case OfPermissions _, OfAsset _, OfApp _ -> false;
      };
    }

    private Uni<Void> answered(String with) {
      question.answered(with, connection.revision(), now);
      return announcements.health(connection, origin(with), now);
    }

    private Origin origin(String what) {
      return Origin.answer(what, question.id());
    }

    private Uni<Void> record(String action, String detail) {
      return audit.add(ACTOR, action, connection.workspace(), connection.connectionId(), detail);
    }
  }

  private static GraphError errorOf(Verdict verdict) {
    return switch (verdict) {
      case Dead(_, var error) -> error;
      case Checkpoint(var error) -> error;
      case AssetGone(var error) -> error;
      case AppRefused(var error) -> error;
      case Unproven(var error) -> error;
      case Alive _, Unfit _, Disputed _, Granted _, AssetShown _, AppServed _ -> null;
    };
  }

  static GraphErrorInfo info(GraphError error) {
    return error == null
        ? null
        : new GraphErrorInfo(
            error.code(), error.subcode(), error.type(), error.httpStatus(), error.fbtraceId());
  }

  /// What a verdict is worth by the time it is there.
  enum Fence {
    CURRENT,
    /// The question was settled meanwhile, or claimed by another.
    SETTLED,
    /// About a token that was replaced since.
    OUTDATED;

    static Fence of(AskedQuestion asked, Connection connection, Question question) {
      if (!question.isOpenAt(asked.attempt())) {
        return SETTLED;
      }
      return connection.generation() == asked.about().generation() ? CURRENT : OUTDATED;
    }
  }
}
