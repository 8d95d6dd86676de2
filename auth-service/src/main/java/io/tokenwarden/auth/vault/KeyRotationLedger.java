package io.tokenwarden.auth.vault;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.DueRows;
import io.tokenwarden.outbox.Leased;
import io.tokenwarden.outbox.Leasing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/// The steps of a rotation in one workspace, each one small transaction that may be repeated: who
/// was killed between two of them has lost nothing, and who lost its lease does no harm.
@ApplicationScoped
class KeyRotationLedger {
  /// Longer than a step can take.
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int BATCH = 50;

  private static final String WORK =
      """
      select rotation_id, workspace_id,
        (select kek_id from key_rotation where id = rotation_id),
        (select data_keys from key_rotation where id = rotation_id),
        data_key_id is not null
      from key_rotation_work
      """;

  private static final DueRows<Object[]> DUE =
      DueRows.of(Object[].class, WORK, "done_at is null", LEASE);

  private static final String LEASED =
      """
      update key_rotation_work set leased_by = :holder, leased_until = :until
      where rotation_id = :rotation and workspace_id = :workspace
      """;

  private static final String HAS_DATA_KEY =
      """
      update key_rotation_work set data_key_id = :key
      where rotation_id = :rotation and workspace_id = :workspace
      """;

  private static final String RESEALED =
      """
      update key_rotation_work set resealed = resealed + :count, leased_until = :until
      where rotation_id = :rotation and workspace_id = :workspace
      """;

  private static final String FAILED =
      """
      update key_rotation_work
      set failures = failures + 1, last_failure = :failure, leased_by = null, leased_until = null,
        due_at = cast(:now as timestamptz) + least(cast(:longest as integer) * interval '1 second',
                              power(2, least(failures, 10)) * interval '1 second')
      where rotation_id = :rotation and workspace_id = :workspace and done_at is null
      """;

  // one replica at a time, so that the last two see each other
  private static final String LOCK_ROTATION =
      "select started_by from key_rotation where id = :rotation and finished_at is null for update";

  private static final String DONE =
      """
      update key_rotation_work set done_at = :now, leased_by = null, leased_until = null
      where rotation_id = :rotation and workspace_id = :workspace and done_at is null
      """;

  private static final String FINISHED =
      """
      update key_rotation set finished_at = :now
      where id = :rotation and not exists (
        select from key_rotation_work where rotation_id = :rotation and done_at is null)
      """;

  private static final Uni<Optional<KeyRotationWork>> NONE =
      Uni.createFrom().item(Optional.empty());

  private final Leasing leasing;
  private final DataKeys keys;
  private final SealedRows rows;
  private final AuditLog audit;
  private final Clock clock;

  @Inject
  KeyRotationLedger(Leasing leasing, DataKeys keys, SealedRows rows, AuditLog audit, Clock clock) {
    this.leasing = leasing;
    this.keys = keys;
    this.rows = rows;
    this.audit = audit;
    this.clock = clock;
  }

  /// The workspace that has waited longest; empty if none is due.
  @WithTransaction
  Uni<Optional<KeyRotationWork>> claim() {
    return leasing.next(DUE).chain(found -> found.map(this::claimed).orElse(NONE));
  }

  private Uni<Optional<KeyRotationWork>> claimed(Leased<Object[]> leased) {
    var work = work(leased.row());
    return update(
            LEASED,
            work,
            query ->
                query
                    .setParameter("holder", leased.by().id())
                    .setParameter("until", leased.until()))
        .replaceWith(Optional.of(work));
  }

  private static KeyRotationWork work(Object[] row) {
    return new KeyRotationWork(
        (UUID) row[0],
        WorkspaceId.of((String) row[1]),
        (String) row[2],
        (Boolean) row[3],
        (Boolean) row[4]);
  }

  /// The workspace's key; empty if it was shredded meanwhile.
  @WithSession
  Uni<Optional<StoredKey>> key(KeyRotationWork work) {
    return keys.read(work.workspace());
  }

  /// Stores the workspace's key, wrapped anew or with a new data key in it.
  ///
  /// @throws VaultException as the failure of the answer, if another key lies there meanwhile
  @WithTransaction
  Uni<Void> store(KeyRotationWork work, StoredKey before, StoredKey after, DataKeyset keyset) {
    return keys.replace(work.workspace(), before, after)
        .invoke(replaced -> require(replaced, work))
        .chain(() ->
            work.needsDataKey()
                ? update(HAS_DATA_KEY, work, query -> query.setParameter("key", keyset.primaryId()))
                : Uni.createFrom().item(0))
        .replaceWithVoid();
  }

  private static void require(boolean replaced, KeyRotationWork work) {
    if (!replaced) {
      throw new VaultException(
          "The key of workspace " + work.workspace() + " was changed meanwhile", null);
    }
  }

  /// Seals a batch anew with the workspace's new key.
  ///
  /// @return how many were; none: all is
  @WithTransaction
  Uni<Integer> reseal(KeyRotationWork work) {
    return keys.keyOf(work.workspace())
        .chain(key -> rows.reseal(work.workspace(), key, BATCH))
        .call(count ->
            update(
                RESEALED,
                work,
                query ->
                    query
                        .setParameter("count", count)
                        .setParameter("until", clock.instant().plus(LEASE))));
  }

  /// Takes the old data key away, if nothing is sealed with it any more.
  ///
  /// @param after the primary key alone, wrapped
  /// @param earlierIds of the keys that are taken away
  /// @throws VaultException as the failure of the answer, if something still is
  @WithTransaction
  Uni<Void> drop(KeyRotationWork work, StoredKey before, StoredKey after, Set<Long> earlierIds) {
    return keys.replace(work.workspace(), before, after)
        .invoke(replaced -> require(replaced, work))
        .chain(() -> rows.count(work.workspace(), earlierIds))
        .invoke(inUse -> {
          if (inUse > 0) {
            throw new VaultException(
                "An earlier key of workspace " + work.workspace() + " is in use", null);
          }
        })
        .replaceWithVoid();
  }

  @WithTransaction
  Uni<Void> done(KeyRotationWork work) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(LOCK_ROTATION, String.class)
                .setParameter("rotation", work.rotation())
                .getSingleResultOrNull())
        .chain(by ->
            update(DONE, work, query -> query.setParameter("now", clock.instant()))
                .chain(() -> finish(work, by)));
  }

  private Uni<Void> finish(KeyRotationWork work, String by) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FINISHED)
                .setParameter("rotation", work.rotation())
                .setParameter("now", clock.instant())
                .executeUpdate())
        .chain(finished ->
            finished == 0 || by == null
                ? Uni.createFrom().voidItem()
                : audit.add(by, "keys.rotated", WorkspaceId.ALL, null, "to " + work.kekId()));
  }

  /// To be tried again, ever less often.
  ///
  /// @param code why, for the operator; no secret
  @WithTransaction
  Uni<Void> failed(KeyRotationWork work, String code) {
    return update(
            FAILED,
            work,
            query ->
                query
                    .setParameter("failure", code)
                    .setParameter("longest", LONGEST_PAUSE.toSeconds())
                    .setParameter("now", clock.instant()))
        .replaceWithVoid();
  }

  private interface Parameters {
    Mutiny.Query<Object> on(Mutiny.Query<Object> query);
  }

  private static Uni<Integer> update(
      String statement, KeyRotationWork work, Parameters parameters) {
    return Panache.getSession()
        .chain(session ->
            parameters
                .on(session.createNativeQuery(statement))
                .setParameter("rotation", work.rotation())
                .setParameter("workspace", work.workspace().value())
                .executeUpdate());
  }
}
