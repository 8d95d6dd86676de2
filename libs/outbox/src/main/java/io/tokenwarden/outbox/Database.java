package io.tokenwarden.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/// Asks the database itself whether it is there. Whose fault a failure is, it alone can tell: no
/// list of exceptions is complete.
@ApplicationScoped
class Database {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Fails on a server that only reads, as a former primary does.
  private static final String DOES_IT_TAKE_WRITES = "delete from inbox where false";

  private final Pool pool;

  @Inject
  Database(Pool pool) {
    this.pool = pool;
  }

  /// Never fails.
  Uni<Boolean> takesWrites() {
    return pool.query(DOES_IT_TAKE_WRITES)
        .execute()
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .replaceWith(true)
        .onFailure()
        .recoverWithItem(false);
  }
}
