/// The numbers: what every ad delivered on every day, always the same for the same ad and day, and
/// their sums.
package io.tokenwarden.twin.insights;
