/// What depends on time. Machines differ and are noisy, so a figure means something only beside its
/// peer of the same run: every [Benchmark] measures both, in alternation or side by side, in
/// several rounds, and reports the median with what lies around it.
///
/// `tests/bench/run [NAME…]` runs all or those named; each leaves one JSON and one Markdown table
/// with the machine, the versions and the rounds.
package io.tokenwarden.bench;
