/// From evidence to verdict.
///
/// [Evidence] of others never changes health, and neither do the [Doubts] of our own: they open a
/// [Question], a row that survives any crash, about one [Inquiry]: the token, a block, the
/// permissions, an asset, the app. [Questions] picks due questions up, [Equipment] opens the token
/// that each is asked with, [Inquirer] asks Meta outside any transaction, [Verdict] says what the
/// answers come to, and [Settlement] writes it down under the lock of the connection, if the
/// generation is still the one that was asked about; [AppStandings] does so for apps. What is as
/// bad as feared stays open and is asked again until it is over.
///
/// [ClockWatch] reads the clocks of connections when they have something to say. [Explaining] tells
/// how any condition came about, at any time.
package io.tokenwarden.auth.verdict;
