/// Quotas as Meta keeps them, for tests that must know to the call what was let through: rolling
/// windows, refusals, and other people's consumption of the same quota.
///
/// Everything here lives in memory and in real time: the clock that a test can set does not move a
/// window.
package io.tokenwarden.twin.limits;
