package io.tokenwarden.auth.vault;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.vault.KeysView.Rotation;
import io.tokenwarden.auth.vault.KeysView.Wrapped;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.service.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Rotations of keys: their beginning, and how far they are. The work is done by
/// [KeyRotationWorker].
@ApplicationScoped
class KeyRotations {
  private static final String BEGIN =
      """
      insert into key_rotation (id, started_at, started_by, kek_id, data_keys)
      values (:id, :now, :by, :kek, :dataKeys)
      on conflict do nothing
      """;

  private static final String PLAN =
      """
      insert into key_rotation_work (rotation_id, workspace_id, due_at)
      select :id, workspace_id, :now from workspace_key
      where :dataKeys or kek_id is distinct from :kek
      """;

  private static final String NOTHING_TO_DO =
      "update key_rotation set finished_at = :now where id = :id";

  private static final String WRAPPED =
      """
      select kek_id, count(*) from workspace_key group by kek_id order by count(*) desc, kek_id
      """;

  private static final String LAST =
      """
      select rotation.id, rotation.started_at, rotation.started_by, rotation.kek_id,
        rotation.data_keys, rotation.finished_at,
        count(work.workspace_id),
        count(work.done_at),
        count(*) filter (where work.failures > 0 and work.done_at is null),
        coalesce(sum(work.resealed), 0),
        max(work.last_failure) filter (where work.done_at is null)
      from key_rotation rotation
      left join key_rotation_work work on work.rotation_id = rotation.id
      where rotation.id = (select id from key_rotation order by started_at desc, id desc limit 1)
      group by rotation.id
      """;

  private final AuditLog audit;
  private final Clock clock;

  @Inject
  KeyRotations(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /// Begins a rotation of all workspaces that need it. Only one is under way at a time.
  ///
  /// @param kekId what workspaces' keys are to be wrapped with
  /// @param dataKeys whether they get new data keys too
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem as the failure of the answer: 409
  ///   `ROTATION_UNDER_WAY`
  @WithTransaction
  Uni<KeysView> begin(String kekId, boolean dataKeys, String by) {
    var id = Generators.timeBasedEpochGenerator().generate();
    var now = clock.instant();
    return insert(id, kekId, dataKeys, by, now)
        .chain(() -> plan(id, kekId, dataKeys, now))
        .chain(planned -> planned == 0 ? end(id, now) : Uni.createFrom().item(planned))
        .chain(() -> audit.add(by, "keys.rotation-started", WorkspaceId.ALL, null, "to " + kekId))
        .chain(() -> read(kekId));
  }

  private static Uni<Void> insert(UUID id, String kekId, boolean dataKeys, String by, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(BEGIN)
                .setParameter("id", id)
                .setParameter("now", now)
                .setParameter("by", by)
                .setParameter("kek", kekId)
                .setParameter("dataKeys", dataKeys)
                .executeUpdate())
        .invoke(inserted -> {
          if (inserted == 0) {
            throw Problems.conflict(
                "ROTATION_UNDER_WAY", "A rotation of keys is under way; see GET /auth/keys");
          }
        })
        .replaceWithVoid();
  }

  private static Uni<Integer> plan(UUID id, String kekId, boolean dataKeys, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(PLAN)
                .setParameter("id", id)
                .setParameter("now", now)
                .setParameter("dataKeys", dataKeys)
                .setParameter("kek", kekId)
                .executeUpdate());
  }

  private static Uni<Integer> end(UUID id, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(NOTHING_TO_DO)
                .setParameter("id", id)
                .setParameter("now", now)
                .executeUpdate());
  }

  @WithSession
  Uni<KeysView> view(String kekId) {
    return read(kekId);
  }

  private static Uni<KeysView> read(String kekId) {
    return wrapped()
        .chain(wrapped ->
            last()
                .map(rotation ->
                    new KeysView(
                        kekId,
                        wrapped.stream().mapToLong(Wrapped::workspaces).sum(),
                        wrapped,
                        rotation)));
  }

  private static Uni<List<Wrapped>> wrapped() {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(WRAPPED, Object[].class).getResultList())
        .map(rows ->
            rows.stream().map(row -> new Wrapped((String) row[0], number(row[1]))).toList());
  }

  private static Uni<Rotation> last() {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(LAST, Object[].class).getSingleResultOrNull())
        .map(row -> row == null ? null : rotation(row));
  }

  private static Rotation rotation(Object[] row) {
    return new Rotation(
        (UUID) row[0],
        time(row[1]),
        (String) row[2],
        (String) row[3],
        (Boolean) row[4],
        number(row[6]),
        number(row[7]),
        number(row[8]),
        number(row[9]),
        (String) row[10],
        time(row[5]));
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }

  private static Instant time(Object column) {
    return switch (column) {
      case null -> null;
      case Instant instant -> instant;
      case java.time.OffsetDateTime time -> time.toInstant();
      default -> throw new IllegalStateException("no time: " + column.getClass());
    };
  }
}
