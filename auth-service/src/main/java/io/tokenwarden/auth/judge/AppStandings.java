package io.tokenwarden.auth.judge;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.verdict.AppStanding;
import io.tokenwarden.auth.verdict.Question;
import io.tokenwarden.auth.verdict.Verdict;
import io.tokenwarden.auth.verdict.VerdictConfig;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.Outbox;
import io.tokenwarden.outbox.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
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
    return standing(app)
        .chain(standing ->
            standing
                .settle(question, verdict, config, clock.instant())
                .map(event -> tell(app, standing, event))
                .orElse(NOTHING));
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
