/// What syncs one ad account of one workspace.
///
/// ```
///                     no connection can read it
///              ┌──────────────────────────────────────┐
///   (new) ─▶ RUNNING                               BLOCKED   names its causes
///              └──────────────────────────────────────┘
///                a connection can again: runs at once,
///                        the gap is read
///
///   PAUSED by an operator hides either, until resumed.
/// ```
///
/// RUNNING and BLOCKED are derived ([io.tokenwarden.sync.health.Readability]); every change of the
/// visible state, or of the causes while blocked, is a new revision and is announced in the same
/// transaction. PAUSED has no fact of its own on Kafka.
package io.tokenwarden.sync.schedule;
