/// The opaque keys that callers show where an SDK puts a token.
///
/// auth-service mints them, keeps a hash of each and says what it opens;
/// [io.tokenwarden.gateway.handle.Handles] remembers that for a short while, in memory alone and by
/// the hash, and forgets it when the handle is revoked. [io.tokenwarden.gateway.handle.Reach] says
/// what of Graph a handle with named assets may touch.
package io.tokenwarden.gateway.handle;
