package io.tokenwarden.auth.audit;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.WorkspaceId;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Reads the audit log, the newest entry first.
@ApplicationScoped
class AuditRecords {
  private final Pool pool;

  @Inject
  AuditRecords(Pool pool) {
    this.pool = pool;
  }

  Uni<List<AuditRecord>> find(AuditQuery query, int limit) {
    var conditions = new Conditions();
    if (!query.workspace().equals(WorkspaceId.ALL)) {
      conditions.add("workspace_id = $%d", query.workspace().value());
    }
    query.from().ifPresent(from -> conditions.add("at >= $%d", from.atOffset(ZoneOffset.UTC)));
    query.to().ifPresent(to -> conditions.add("at < $%d", to.atOffset(ZoneOffset.UTC)));
    query.action().ifPresent(action -> conditions.add("action = $%d", action));
    query.connection().ifPresent(id -> conditions.add("connection_id = $%d", id.value()));
    query.after().ifPresent(id -> conditions.add("id < $%d", id));
    return pool.preparedQuery(conditions.select(limit))
        .execute(conditions.values())
        .map(rows -> rows.stream().map(AuditRecords::of).toList());
  }

  private static AuditRecord of(Row row) {
    return AuditRecord.of(Entry.of(row), row.getLong("position"));
  }

  /// What narrows the list down. Values are never part of the text.
  private static final class Conditions {
    private final List<String> parts = new ArrayList<>(List.of("true"));
    private final Tuple values = Tuple.tuple();

    void add(String part, Object value) {
      values.addValue(value);
      parts.add(part.formatted(values.size()));
    }

    String select(int limit) {
      return """
      select id, at, actor, action, workspace_id, connection_id, detail, position from audit_log
      where %s
      order by id desc
      limit %d
      """
          .formatted(String.join(" and ", parts), limit);
    }

    Tuple values() {
      return values;
    }
  }
}
