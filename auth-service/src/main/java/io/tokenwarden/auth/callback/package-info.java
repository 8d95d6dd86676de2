/// What Meta calls us for: a person removed an app, wants their data deleted, or something changed
/// that an app subscribed to.
///
/// No bearer: each call is signed with the secret of the app it names
/// ([io.tokenwarden.graph.SignedRequest], [io.tokenwarden.graph.AppSignature]), and what is not is
/// refused, on record ([Refusals]). What is believed becomes rows ([Callbacks]) before Meta is
/// answered; the same message delivered again is the same row. [CallbackWorker] does what follows
/// from a row, in one transaction ([Consequences]). A webhook is a hint: it opens a question, and
/// Meta's answer to that decides.
package io.tokenwarden.auth.callback;
