/// From evidence to verdict. What decides is in [io.tokenwarden.auth.verdict]; here is who hears,
/// asks and writes down.
///
/// [Evidence] of others never changes health, and neither do the [Doubts] of our own: they open a
/// question. [Questions] picks up what is due ([DueQuestions]), [Equipment] opens the token that
/// each is asked with, [Inquirer] asks Meta outside any transaction, and [Settlement] writes the
/// verdict down under the lock of the connection, if the generation is still the one that was asked
/// about; [AppStandings] does so for apps.
///
/// [ClockWatch] reads the clocks of connections when they have something to say ([DueClocks]).
/// [Explaining] tells how any condition came about, at any time.
package io.tokenwarden.auth.judge;
