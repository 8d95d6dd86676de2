package io.tokenwarden.gateway.store;

import io.vertx.mutiny.sqlclient.Row;
import java.util.function.Consumer;

/// A table that every replica keeps in memory. Its triggers call `connections_wake()`.
///
/// @param changes reads the rows that the transaction `$1`, an `xid8` in text, or later ones
///   changed
/// @param learn takes one of them in; it may come again, and after a newer one
public record Table(String changes, Consumer<Row> learn) {}
