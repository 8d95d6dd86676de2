package io.tokenwarden.auth.judge;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
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
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes verdicts about apps down. A blocked app is one incident of its operator, however many
/// connections it stops: their tokens live on, and nothing of theirs changes.
@ApplicationScoped
public class AppStandings implements PanacheRepositoryBase<AppStanding, String> {
  private static final String ACTOR = "auth-service";
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private static final String KNOWN =
      """
      select app_id, workspace_id from app_standing
      union
      select app_id, workspace_id from meta_app
      where app_id not in (select app_id from app_standing)
      """;

  private final DueQuestions questions;
  private final MetaApps apps;
  private final Outbox outbox;
  private final AuditLog audit;
  private final TransactionLock lock;
  private final VerdictConfig config;
  private final Clock clock;

  @Inject
  AppStandings(
      DueQuestions questions,
      MetaApps apps,
      Outbox outbox,
      AuditLog audit,
      TransactionLock lock,
      VerdictConfig config,
      Clock clock) {
    this.questions = questions;
    this.apps = apps;
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
    return standing(app.appId(), owner(app));
  }

  private Uni<AppStanding> standing(String appId, WorkspaceId owner) {
    return findById(appId).onItem().ifNull().continueWith(() -> AppStanding.good(appId, owner));
  }

  private static WorkspaceId owner(MetaApp app) {
    return Optional.ofNullable(app.owner()).orElse(AppEvent.OPERATORS);
  }

  private Uni<Void> tell(MetaApp app, AppStanding standing, AppEvent event) {
    return persist(standing)
        .chain(() -> outbox.add(event))
        .chain(() -> audit.add(ACTOR, event.topic().topicName(), owner(app), null, app.appId()));
  }

  /// After the database was put back to an earlier state: says of every app we know how it stands,
  /// beyond anything that others may have heard. Of a block that we have forgotten they hear that
  /// it is over; if it is not, the next call tells. Within a transaction.
  public Uni<Void> restored() {
    return known()
        .chain(known ->
            Multi.createFrom()
                .iterable(known.entrySet())
                .onItem()
                .transformToUniAndConcatenate(app -> restored(app.getKey(), app.getValue()))
                .collect()
                .last()
                .replaceWithVoid());
  }

  /// Whose they are, in one order.
  private Uni<SortedMap<String, WorkspaceId>> known() {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(KNOWN, Tuple.class).getResultList())
        .map(rows -> {
          SortedMap<String, WorkspaceId> owners = new TreeMap<>();
          apps.managed().ifPresent(app -> owners.put(app.appId(), owner(app)));
          rows.forEach(row ->
              owners.put(
                  row.get("app_id", String.class),
                  WorkspaceId.of(row.get("workspace_id", String.class))));
          return owners;
        });
  }

  private Uni<Void> restored(String appId, WorkspaceId owner) {
    return lock.take("app/" + appId)
        .chain(() -> standing(appId, owner))
        .call(this::persist)
        .chain(standing -> outbox.add(standing.leaptAhead(clock.instant())));
  }
}
