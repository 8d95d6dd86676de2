/// The insights that were read, and the ledger that says which days were.
///
/// A day's rows and its entry in the ledger are replaced in one transaction, so the two always
/// agree; a day without rows is a day that was read. A read that began earlier than the one stored
/// replaces nothing.
package io.tokenwarden.sync.insights;
