package io.tokenwarden.auth.restore;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Sort;
import io.quarkus.panache.common.Sort.Direction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.judge.AppStandings;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.auth.vault.VaultException;
import io.tokenwarden.auth.vault.kek.KekUnavailableException;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.service.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// The leaps, batch by batch. A batch is one transaction under the lock of its run's row: replicas
/// take turns, and who is killed has done the batch or not.
@ApplicationScoped
class RestoreRuns implements PanacheRepositoryBase<RestoreRun, UUID> {
  private static final Logger LOG = Logger.getLogger(RestoreRuns.class);
  private static final int BATCH = 10;

  private static final String BEGIN =
      """
      insert into restore_run (id, started_at, started_by, total, last_one)
      select :id, :now, :by, count(*), (select id from connection order by id desc limit 1)
      from connection
      on conflict do nothing
      """;

  private static final String UNDER_WAY =
      "select id from restore_run where finished_at is null for update skip locked";

  private static final String NEXT =
      """
      select id from connection
      where id <= :last and (cast(cast(:through as text) as uuid) is null
        or id > cast(cast(:through as text) as uuid))
      order by id
      limit :most
      """;

  private final Connections connections;
  private final Assets assets;
  private final AppStandings apps;
  private final Vault vault;
  private final Skips skips;
  private final Announcements announcements;
  private final AuditLog audit;
  private final Clock clock;

  @Inject
  RestoreRuns(
      Connections connections,
      Assets assets,
      AppStandings apps,
      Vault vault,
      Skips skips,
      Announcements announcements,
      AuditLog audit,
      Clock clock) {
    this.connections = connections;
    this.assets = assets;
    this.apps = apps;
    this.vault = vault;
    this.skips = skips;
    this.announcements = announcements;
    this.audit = audit;
    this.clock = clock;
  }

  /// Begins a leap. Only one is under way at a time. Apps are few, so they leap at once.
  ///
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem as the failure of the answer: 409
  ///   `RESTORE_UNDER_WAY`
  @WithTransaction
  Uni<RestoreView> begin(String by) {
    var id = Generators.timeBasedEpochGenerator().generate();
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(BEGIN)
                .setParameter("id", id)
                .setParameter("now", clock.instant())
                .setParameter("by", by)
                .executeUpdate())
        .invoke(RestoreRuns::requireBegun)
        .chain(apps::restored)
        .chain(() -> audit.add(by, "restore.started", WorkspaceId.ALL, null, "run " + id))
        .chain(() -> findById(id))
        .chain(this::view);
  }

  private static void requireBegun(int inserted) {
    if (inserted == 0) {
      throw Problems.conflict(
          "RESTORE_UNDER_WAY", "Connections are leaping ahead already; see GET /auth/restored");
    }
  }

  @WithSession
  Uni<RestoreView> last() {
    return findAll(Sort.by("startedAt", Direction.Descending))
        .firstResult()
        .chain(run -> run == null ? Uni.createFrom().item(RestoreView.NONE) : view(run));
  }

  private Uni<RestoreView> view(RestoreRun run) {
    return skips
        .count(run.id())
        .chain(count -> skips.first(run.id()).map(first -> run.view(count, first)));
  }

  /// Does the next batch.
  ///
  /// @return whether there may be more
  @WithTransaction
  Uni<Boolean> next() {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(UNDER_WAY, UUID.class).getSingleResultOrNull())
        .chain(id -> id == null ? Uni.createFrom().item(false) : findById(id).chain(this::goOn));
  }

  private Uni<Boolean> goOn(RestoreRun run) {
    return batch(run).chain(ids -> ids.isEmpty() ? finish(run) : leap(run, ids).replaceWith(true));
  }

  private static Uni<List<UUID>> batch(RestoreRun run) {
    if (run.lastOne() == null) {
      return Uni.createFrom().item(List.of());
    }
    var through = Optional.ofNullable(run.doneThrough()).map(UUID::toString).orElse(null);
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(NEXT, UUID.class)
                .setParameter("last", run.lastOne())
                .setParameter("through", through)
                .setParameter("most", BATCH)
                .getResultList());
  }

  private Uni<Boolean> finish(RestoreRun run) {
    run.finished(clock.instant());
    return skips
        .count(run.id())
        .chain(skipped ->
            audit.add(
                run.startedBy(),
                "restore.finished",
                WorkspaceId.ALL,
                null,
                "%d done, %d skipped".formatted(run.done(), skipped)))
        .replaceWith(false);
  }

  /// One after the other: a session does one thing at a time.
  private Uni<Void> leap(RestoreRun run, List<UUID> ids) {
    return Multi.createFrom()
        .iterable(ids)
        .onItem()
        .transformToUniAndConcatenate(id -> leap(run, id))
        .collect()
        .last();
  }

  private Uni<Void> leap(RestoreRun run, UUID id) {
    return connections
        .lock(new ConnectionId(id))
        .chain(connection ->
            moveTokens(connection)
                .chain(unreadable ->
                    unreadable.isEmpty()
                        ? leapAhead(run, connection)
                        : skip(run, connection, unreadable.get())));
  }

  /// @return why they do not open; then none was moved. A key of the operator's that is away is no
  ///   reason: it is waited for, since all need it
  private Uni<Optional<VaultException>> moveTokens(Connection connection) {
    return vault
        .move(connection.workspace(), connection.connectionId(), Connection.RESTORE_LEAP)
        .replaceWith(Optional.<VaultException>empty())
        .onFailure(RestoreRuns::isForGood)
        .recoverWithItem(failure -> Optional.of((VaultException) failure));
  }

  private static boolean isForGood(Throwable failure) {
    return failure instanceof VaultException && !(failure instanceof KekUnavailableException);
  }

  private Uni<Void> leapAhead(RestoreRun run, Connection connection) {
    connection.restored();
    run.did(connection.connectionId().value());
    return announcements
        .health(connection, Origin.of("restored"), clock.instant())
        .chain(() -> assets.restored(connection));
  }

  /// It stays as the backup had it, so that it can still leap once its tokens open. Who waits for
  /// it holds up no other.
  private Uni<Void> skip(RestoreRun run, Connection connection, VaultException why) {
    LOG.errorf(
        "The restore skips a connection, its tokens do not open: connectionId=%s failure=%s",
        connection.connectionId(), why.getMessage());
    run.skipped(connection.connectionId().value());
    return skips
        .add(run.id(), connection, why)
        .chain(() ->
            audit.add(
                run.startedBy(),
                "restore.skipped",
                connection.workspace(),
                connection.connectionId(),
                why.code()));
  }
}
