/// Insights reports that take their time. A run moves on whenever it is polled, never by itself, so
/// a test decides how long it takes. Runs live in memory and are forgotten at a restart.
package io.tokenwarden.twin.runs;
