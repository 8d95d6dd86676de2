/// Opaque keys that stand for a connection with less power.
///
/// [Handles] gives them out, finds them by the SHA-256 it keeps of each, and takes them back. A
/// handle belongs to a connection, not to its token: it survives reconnects and refreshes. It ends
/// for good when it is revoked, when it is over, or with the connection.
///
/// What graph-gateway refused to holders of handles, and to others, [RefusedCalls] writes down.
package io.tokenwarden.auth.handle;
