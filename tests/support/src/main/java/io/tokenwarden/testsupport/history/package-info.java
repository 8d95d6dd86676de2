/// Whole lives of workspaces as their services would announce them, and the ways in which Kafka may
/// deliver them: in any order across topics, twice, late, and thinned out by compaction.
///
/// A [History] follows from its seed alone, so a failure is replayed with the seed it names. What
/// is true at its end is what was announced last; whoever consumed all of it, in whatever order,
/// has to have come to the same.
package io.tokenwarden.testsupport.history;
