package io.tokenwarden.auth.judge;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.verdict.Consequence;
import io.tokenwarden.auth.verdict.Consequence.Blocked;
import io.tokenwarden.auth.verdict.Consequence.Changed;
import io.tokenwarden.auth.verdict.Consequence.Disabled;
import io.tokenwarden.auth.verdict.Consequence.Expired;
import io.tokenwarden.auth.verdict.Consequence.Lost;
import io.tokenwarden.auth.verdict.Consequence.Regranted;
import io.tokenwarden.auth.verdict.Consequence.Seen;
import io.tokenwarden.auth.verdict.Consequence.Silence;
import io.tokenwarden.auth.verdict.Consequence.Suspected;
import io.tokenwarden.auth.verdict.Fence;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.auth.verdict.Inquiry;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Question;
import io.tokenwarden.auth.verdict.Ruling;
import io.tokenwarden.auth.verdict.Verdict;
import io.tokenwarden.auth.verdict.VerdictConfig;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpired;
import io.tokenwarden.contracts.ConnectionEvent.TokenInactive;
import io.tokenwarden.contracts.Remedy;
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
    var now = clock.instant();
    return switch (Fence.of(connection, question, asked.attempt(), asked.about().generation())) {
      case SETTLED -> NOTHING;
      case OUTDATED -> outdated(question, now);
      case CURRENT -> new Writing(connection, question, now).of(verdict);
    };
  }

  private static Uni<Void> outdated(Question question, Instant now) {
    question.outdated(now);
    return NOTHING;
  }

  /// What follows from one ruling about one connection.
  private final class Writing {
    private final Connection connection;
    private final Ruling ruling;
    private final Instant now;

    Writing(Connection connection, Question question, Instant now) {
      this.connection = connection;
      this.ruling = new Ruling(connection, question, config, now);
      this.now = now;
    }

    Uni<Void> of(Verdict verdict) {
      return follow(ruling.on(verdict));
    }

    private Uni<Void> follow(Consequence consequence) {
      return switch (consequence) {
        case Silence _ -> NOTHING;
        case Changed(var origin) -> health(origin);
        case Expired expired -> expired(expired);
        case Disabled disabled -> disabled(disabled);
        case Blocked(var until, var origin) ->
            health(origin).chain(() -> record("connection.blocked", "until " + until));
        case Regranted(var change, var origin) ->
            health(origin).chain(() -> announcements.scopes(connection, change, now));
        case Seen(var sight, var origin) ->
            assets
                .seen(connection, sight, origin, now)
                .chain(changed -> follow(ruling.seen(sight, changed)));
        case Lost(var asset, var reason, var origin) ->
            assets
                .lost(connection, asset.type(), asset.assetId(), reason, origin, now)
                .replaceWithVoid();
        case Suspected(var inquiry, var grounds) -> ask(inquiry, grounds);
      };
    }

    private Uni<Void> expired(Expired expired) {
      return assets
          .adAccounts(connection.connectionId())
          .map(affected ->
              TokenExpired.of(
                  connection.state(now),
                  expired.reason(),
                  Remedy.RECONNECT,
                  expired.error(),
                  affected))
          .chain(outbox::add)
          .chain(() -> health(expired.origin()))
          .chain(() -> record("token.expired", expired.reason().name()));
    }

    private Uni<Void> disabled(Disabled disabled) {
      return outbox
          .add(new TokenInactive(connection.state(now), disabled.reason(), Remedy.RECONNECT))
          .chain(() -> health(disabled.origin()))
          .chain(() -> record("token.inactive", disabled.reason().name()));
    }

    private Uni<Void> ask(Inquiry inquiry, Grounds grounds) {
      return switch (inquiry) {
        case OfApp(var appId) -> questions.openAboutApp(appId, grounds);
        case OfToken _, OfBlock _, OfPermissions _, OfAsset _ ->
            questions.open(connection, inquiry, grounds);
      };
    }

    private Uni<Void> health(Origin origin) {
      return announcements.health(connection, origin, now);
    }

    private Uni<Void> record(String action, String detail) {
      return audit.add(ACTOR, action, connection.workspace(), connection.connectionId(), detail);
    }
  }
}
