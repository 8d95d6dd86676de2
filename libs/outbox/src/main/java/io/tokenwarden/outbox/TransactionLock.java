package io.tokenwarden.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Locks that need no row: what exists only once a transaction has made it can be locked before.
@ApplicationScoped
public class TransactionLock {

  // Advisory locks are the whole database's, which other services may share.
  private static final String TAKE =
      "select cast(pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || :name, 0)) as text)";

  /// Waits until no other transaction of the service has the lock, on any replica; the current one
  /// has it then until it ends. What is read after this is what the last holder committed, as this
  /// is a statement of its own.
  ///
  /// Two names may share a lock, so a transaction takes one only: with two, transactions could wait
  /// for each other.
  public Uni<Void> take(String name) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(TAKE, String.class)
                .setParameter("name", name)
                .getSingleResult())
        .replaceWithVoid();
  }
}
