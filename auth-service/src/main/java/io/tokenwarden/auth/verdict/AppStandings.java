package io.tokenwarden.auth.verdict;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.audit.AuditLog;
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
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.Outbox;
import io.tokenwarden.outbox.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Writes verdicts about apps down. A blocked app is one incident of its operator, however many
/// connections it stops: their tokens live on, and nothing of theirs changes.
@ApplicationScoped
class AppStandings implements PanacheRepositoryBase<AppStanding, String> {
  private static final String ACTOR = "auth-service";
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final DueQuestions questions;
  private final Outbox outbox;
  private final AuditLog audit;
  private final TransactionLock lock;
  private final VerdictConfig config;
  private final Clock clock;

  @Inject
  AppStandings(
      DueQuestions questions,
      Outbox outbox,
      AuditLog audit,
      TransactionLock lock,
      VerdictConfig config,
      Clock clock) {
    this.questions = questions;
    this.outbox = outbox;
    this.audit = audit;
    this.lock = lock;
    this.config = config;
    this.clock = clock;
  }

  /// Within a transaction.
  Uni<Void> settle(AskedQuestion asked, Verdict verdict) {
    return lock.take("app/" + asked.app().appId())
        .chain(() -> questions.findById(asked.id()))
        .chain(question ->
            question.isOpenAt(asked.attempt()) ? write(asked.app(), question, verdict) : NOTHING);
  }

  private Uni<Void> write(MetaApp app, Question question, Verdict verdict) {
    var now = clock.instant();
    return switch (verdict) {
      case AppServed _ -> served(app, question, now);
      case AppRefused refused -> refused(app, question, refused, now);
      case Unproven(var error) -> {
        question.found("Unproven", Settlement.info(error), now);
        question.postponed(now);
        yield NOTHING;
      }
      case Alive _,
          Unfit _,
          Dead _,
          Checkpoint _,
          Disputed _,
          Granted _,
          AssetShown _,
          AssetGone _ ->
          throw new IllegalStateException("No answer about an app");
    };
  }

  private Uni<Void> served(MetaApp app, Question question, Instant now) {
    question.found("AppServed", null, now);
    question.over("SERVED", now);
    return standing(app)
        .chain(standing ->
            standing.isBlocked() ? tell(app, standing, standing.restored(now)) : NOTHING);
  }

  /// Asked again until the app is served.
  private Uni<Void> refused(MetaApp app, Question question, AppRefused refused, Instant now) {
    var error = Settlement.info(refused.error());
    question.found("AppRefused", error, now);
    question.keptOpen(config.askAboutAppEvery(), now);
    return standing(app)
        .chain(standing ->
            standing.isBlocked() ? NOTHING : tell(app, standing, standing.blocked(error, now)));
  }

  private Uni<AppStanding> standing(MetaApp app) {
    return findById(app.appId())
        .onItem()
        .ifNull()
        .continueWith(() -> AppStanding.good(app.appId(), owner(app)));
  }

  private static WorkspaceId owner(MetaApp app) {
    return Optional.ofNullable(app.owner()).orElse(AppEvent.OPERATORS);
  }

  private Uni<Void> tell(MetaApp app, AppStanding standing, AppEvent event) {
    return persist(standing)
        .chain(() -> outbox.add(event))
        .chain(() -> audit.add(ACTOR, event.topic().topicName(), owner(app), null, app.appId()));
  }
}
