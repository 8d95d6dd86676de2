package io.tokenwarden.sync.schedule;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleBlocked;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleResumed;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.UseCase;
import io.tokenwarden.outbox.Outbox;
import io.tokenwarden.sync.SyncConfig;
import io.tokenwarden.sync.health.Cover;
import io.tokenwarden.sync.health.MergedHealth;
import io.tokenwarden.sync.health.Readability;
import io.tokenwarden.sync.insights.Coverage;
import io.tokenwarden.sync.schedule.Schedule.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/// The schedules of all workspaces. Everything here works within the current transaction.
@ApplicationScoped
public class Schedules {
  private static final Logger LOG = Logger.getLogger(Schedules.class);

  /// Locked in the order in which all lock them.
  private static final String RUN_WHAT_WAS_REFUSED =
      """
      update schedule set next_run_at = :now
      where id in (
        select s.id from schedule s
        join connection_state c on c.connection_id = s.via_connection_id
        where c.state ->> 'appId' = :app and s.last_failure = 'BLOCKED' and s.next_run_at > :now
        order by s.workspace_id, s.ad_account_id
        for update of s)
      """;

  /// Not all at the same moment: the gateway lets one call find out whether the hold is over.
  /// Locked in the order in which all lock them.
  private static final String WAIT_FOR_QUOTA =
      """
      update schedule set next_run_at = cast(:until as timestamptz) + random() * interval '10 seconds'
      where id in (
        select s.id from schedule s
        join connection_state c on c.connection_id = s.via_connection_id
        where c.state ->> 'appId' = :app and s.next_run_at < :until
          and (cast(:user as text) is null or c.state ->> 'metaUserId' = :user)
          and (cast(:account as text) is null or s.ad_account_id = :account)
        order by s.workspace_id, s.ad_account_id
        for update of s)
      """;

  private final MergedHealth health;
  private final Coverage coverage;
  private final Outbox outbox;
  private final SyncConfig config;
  private final Clock clock;
  private final MeterRegistry metrics;

  @Inject
  Schedules(
      MergedHealth health,
      Coverage coverage,
      Outbox outbox,
      SyncConfig config,
      Clock clock,
      MeterRegistry metrics) {
    this.health = health;
    this.coverage = coverage;
    this.outbox = outbox;
    this.config = config;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// Makes the schedules of these ad accounts what the merged health of their connections makes
  /// them, creates those that are missing, and announces what changed. To be called after
  /// [MergedHealth#merge], in its transaction.
  public Uni<Void> follow(WorkspaceId workspace, Collection<AdAccountId> accounts) {
    return health
        .covers(workspace, accounts)
        .map(covers -> covers.stream().collect(groupingBy(Schedules::adAccount)))
        .chain(covers -> follow(workspace, covers));
  }

  private Uni<Void> follow(WorkspaceId workspace, Map<AdAccountId, List<Cover>> covers) {
    if (covers.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Panache.getSession()
        .chain(session ->
            locked(session, workspace, covers.keySet())
                .chain(known -> followEach(session, workspace, covers, known)));
  }

  /// In one order, so that no two transactions wait for each other.
  private Uni<Map<AdAccountId, Schedule>> locked(
      Mutiny.Session session, WorkspaceId workspace, Collection<AdAccountId> accounts) {
    return session
        .createQuery(
            """
            from Schedule where workspaceId = :workspace and adAccountId in (:accounts)
            order by adAccountId
            """,
            Schedule.class)
        .setParameter("workspace", workspace.value())
        .setParameter("accounts", accounts.stream().map(AdAccountId::digits).toList())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .map(found -> found.stream().collect(toMap(Schedule::adAccount, Function.identity())));
  }

  private Uni<Void> followEach(
      Mutiny.Session session,
      WorkspaceId workspace,
      Map<AdAccountId, List<Cover>> covers,
      Map<AdAccountId, Schedule> known) {
    return Multi.createFrom()
        .iterable(covers.entrySet())
        .onItem()
        .transformToUniAndConcatenate(entry -> {
          var schedule = known.get(entry.getKey());
          return schedule == null
              ? create(session, workspace, entry.getKey(), entry.getValue())
              : follow(schedule, entry.getValue());
        })
        .onItem()
        .ignoreAsUni();
  }

  /// Days begin and end in the account's zone: as long as it is unknown, there is nothing to plan.
  private Uni<Void> create(
      Mutiny.Session session, WorkspaceId workspace, AdAccountId account, List<Cover> covers) {
    return zone(covers)
        .map(zone -> {
          var now = clock.instant();
          var today = LocalDate.ofInstant(now, zone);
          var schedule = Schedule.of(workspace, account, zone, config.firstDay(today), now);
          return session.persist(schedule).chain(() -> follow(schedule, covers));
        })
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> follow(Schedule schedule, List<Cover> covers) {
    zone(covers).map(ZoneId::getId).ifPresent(zone -> schedule.timezone = zone);
    return announce(schedule, schedule.follow(Readability.of(covers), clock.instant()));
  }

  /// All connections see the same zone; should they not, the choice is the same on every replica.
  private static Optional<ZoneId> zone(List<Cover> covers) {
    return covers.stream()
        .sorted(Comparator.comparing(cover -> cover.connection().connectionId().value()))
        .flatMap(cover -> Optional.ofNullable(cover.account().timezone()).stream())
        .flatMap(name -> zone(name).stream())
        .findFirst();
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException _) {
      LOG.warnf("An ad account has a time zone that Java does not know: timezone=%s", name);
      return Optional.empty();
    }
  }

  private Uni<Void> announce(Schedule schedule, Change change) {
    return switch (change) {
      case NONE -> Uni.createFrom().voidItem();
      case BLOCKED -> announceBlocked(schedule);
      case RESUMED -> announceResumed(schedule);
    };
  }

  private Uni<Void> announceBlocked(Schedule schedule) {
    tell(schedule, "BLOCKED");
    return outbox.add(
        new ScheduleBlocked(
            schedule.workspace(),
            schedule.adAccount(),
            schedule.revision(),
            clock.instant(),
            schedule.causes(),
            schedule.syncedThrough().orElse(null)));
  }

  private Uni<Void> announceResumed(Schedule schedule) {
    tell(schedule, "RESUMED");
    var now = clock.instant();
    var today = schedule.today(now);
    return coverage
        .firstGap(schedule.workspace(), schedule.adAccount(), schedule.wantedFrom(), today)
        .chain(missing -> outbox.add(resumed(schedule, now, gapFrom(schedule, missing, today))));
  }

  /// The day in which reading stopped was read only in part.
  private static LocalDate gapFrom(
      Schedule schedule, Optional<LocalDate> missing, LocalDate today) {
    var stopped = schedule.syncedThrough().orElse(today);
    return missing.filter(day -> day.isBefore(stopped)).orElse(stopped);
  }

  private ScheduleResumed resumed(Schedule schedule, Instant now, LocalDate gapFrom) {
    return new ScheduleResumed(
        schedule.workspace(),
        schedule.adAccount(),
        schedule.revision(),
        now,
        gapFrom,
        schedule.today(now),
        schedule.via().orElseThrow());
  }

  private void tell(Schedule schedule, String change) {
    LOG.infof(
        "Schedule changed: change=%s workspaceId=%s adAccountId=%s revision=%d",
        change, schedule.workspace(), schedule.adAccount(), schedule.revision());
    metrics.counter("tokenwarden.schedule.changes", "change", change).increment();
  }

  /// Meta serves the app again: the runs that wait because they were refused wait no longer. One
  /// that begins too early, since a later block came first, is refused again and waits as before.
  public Uni<Void> runWhatWasRefusedFor(String appId) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(RUN_WHAT_WAS_REFUSED)
                .setParameter("now", clock.instant())
                .setParameter("app", appId)
                .executeUpdate())
        .replaceWithVoid();
  }

  /// Meta lets nobody use the quota until then: the runs that would are not begun before it is
  /// over. One that is under way is refused its next page, and waits as long.
  public Uni<Void> waitFor(QuotaScope scope, Instant until) {
    return closesInsights(scope) && until.isAfter(clock.instant())
        ? Panache.getSession().chain(session -> waitFor(session, scope, until)).replaceWithVoid()
        : Uni.createFrom().voidItem();
  }

  private static boolean closesInsights(QuotaScope scope) {
    return switch (scope.kind()) {
      case APP, ACCOUNT -> scope.useCase() == null || scope.useCase() == UseCase.ADS_INSIGHTS;
      case USER -> true;
      case CHANGES, AD_CREATION, BUDGET, SPENDING_LIMIT -> false;
    };
  }

  private static Uni<Integer> waitFor(Mutiny.Session session, QuotaScope scope, Instant until) {
    return session
        .createNativeQuery(WAIT_FOR_QUOTA)
        .setParameter("until", until)
        .setParameter("app", scope.app())
        .setParameter("user", scope.kind() == QuotaKind.USER ? scope.id() : null)
        .setParameter("account", scope.kind() == QuotaKind.ACCOUNT ? scope.id() : null)
        .executeUpdate();
  }

  /// Asks for a run now, of all days that are not final.
  ///
  /// @return empty if there is no such schedule; unchanged if it is not running
  public Uni<Optional<Schedule>> force(WorkspaceId workspace, AdAccountId account) {
    return change(
        workspace,
        account,
        (schedule, now) -> {
          if (schedule.visibleState() == ScheduleState.RUNNING) {
            schedule.requestFullRun(now);
          }
          return Change.NONE;
        });
  }

  /// Stops it until it is resumed.
  ///
  /// @return empty if there is no such schedule
  public Uni<Optional<Schedule>> pause(WorkspaceId workspace, AdAccountId account) {
    return change(workspace, account, Schedule::pause);
  }

  /// Lets it be again what its connections make it.
  ///
  /// @return empty if there is no such schedule
  public Uni<Optional<Schedule>> resume(WorkspaceId workspace, AdAccountId account) {
    return change(workspace, account, Schedule::resume);
  }

  private Uni<Optional<Schedule>> change(
      WorkspaceId workspace, AdAccountId account, BiFunction<Schedule, Instant, Change> change) {
    return Panache.getSession()
        .chain(session -> locked(session, workspace, List.of(account)))
        .map(found -> Optional.ofNullable(found.get(account)))
        .call(found ->
            found
                .map(schedule -> announce(schedule, change.apply(schedule, clock.instant())))
                .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  public Uni<Optional<Schedule>> find(WorkspaceId workspace, AdAccountId account) {
    return Panache.getSession()
        .chain(session ->
            session
                .createQuery(
                    "from Schedule where workspaceId = :workspace and adAccountId = :account",
                    Schedule.class)
                .setParameter("workspace", workspace.value())
                .setParameter("account", account.digits())
                .getSingleResultOrNull())
        .map(Optional::ofNullable);
  }

  /// In the order of their ids.
  ///
  /// @param after the last id of the page before; empty for the first
  public Uni<List<Schedule>> list(WorkspaceId workspace, String after, int limit) {
    return Panache.getSession()
        .chain(session ->
            session
                .createQuery(
                    """
                    from Schedule where workspaceId = :workspace and adAccountId > :after
                    order by adAccountId
                    """,
                    Schedule.class)
                .setParameter("workspace", workspace.value())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
  }

  private static AdAccountId adAccount(Cover cover) {
    return AdAccountId.of(cover.account().assetId());
  }
}
