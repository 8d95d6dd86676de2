/// How it is judged whether something is wrong: rules alone, which know no database and call
/// nobody. [io.tokenwarden.auth.judge] hears, asks and writes down by them.
///
/// [Weight] says whether a piece of evidence counts, and an [Inquiry] what it gives reason to ask:
/// the token, a block, the permissions, an asset, the app. A [Question] is a row that survives any
/// crash. [Verdict] says what Meta's answers come to. If the answer is current ([Fence]), a
/// [Ruling] changes the connection and its question, and names the [Consequence]; [AppStanding]
/// does so for apps. What is as bad as feared stays open and is asked again until it is over.
package io.tokenwarden.auth.verdict;
