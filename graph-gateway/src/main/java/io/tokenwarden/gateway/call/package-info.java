/// The way of one call: [GraphRoute] takes it in, [Admissions] decides whether it goes out and with
/// which credential, [MeteredMeta] asks [Meta] as far as quotas allow, [GraphCall] decides what the
/// answer leads to, [Answers] writes it. What is too long to be held goes by a [Passage], and
/// [Stalls] sees that it does go.
///
/// Everything here runs on the event loop of the connection a caller came in on; what is awaited
/// elsewhere returns to it.
package io.tokenwarden.gateway.call;
