/// What Meta calls an app with: the deauthorize and data deletion callbacks, signed requests both,
/// and webhooks.
///
/// A happening becomes one [io.tokenwarden.twin.callbacks.Delivery] per app that has an address for
/// it. It is tried until it is answered 200, with pauses that double, for 36 hours at most; anybody
/// can send it again, or hold it back and send it late. Deliveries lie in `deliveries.json` and are
/// gone on with after a restart; what was still to be noted when the process was killed is lost.
///
/// Webhooks of `ad_account` go to every app that somebody has installed who has the account. Meta
/// wants `POST /act_{id}/subscribed_apps` first, which is answered here and demanded of nobody.
package io.tokenwarden.twin.callbacks;
