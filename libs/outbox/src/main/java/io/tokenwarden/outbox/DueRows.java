package io.tokenwarden.outbox;

import java.time.Duration;

/// The rows of one table that are work to be done: each has a time from which it is due, and room
/// for a lease (`…_by integer`, `…_until timestamptz`).
///
/// @param row what a row is read as: an entity, or `Object[]` for single columns
/// @param select `select … from …`, of that table alone
/// @param open the condition of rows that are work, due or not; it may speak of `:now`
/// @param dueAt the column that says from when on
/// @param leased how the columns of the lease begin
/// @param lease how long a row is leased, unless its holder is gone before: longer than the work
///   can take, or than the holder waits before it has the lease prolonged
public record DueRows<R>(
    Class<R> row, String select, String open, String dueAt, String leased, Duration lease) {

  /// In a table with the columns `due_at`, `leased_by` and `leased_until`.
  public static <R> DueRows<R> of(Class<R> row, String select, String open, Duration lease) {
    return new DueRows<>(row, select, open, "due_at", "leased", lease);
  }

  /// The one that has waited longest of those that are due at `:now` and that nobody is at; locked,
  /// and without waiting for a row that somebody else is about to lease.
  String next() {
    return """
    %1$s
    where (%2$s) and %3$s <= :now
      and (%4$s_until is null or %4$s_until <= :now or not lease_holder_lives(%4$s_by))
    order by %3$s
    limit 1
    for update skip locked
    """
        .formatted(select, open, dueAt, leased);
  }
}
