/// Which version of Graph a call is in.
///
/// It is the one the caller names; else the one its Meta app is pinned to, so that nothing changes
/// under an app's feet. [io.tokenwarden.gateway.version.Versions] watches what Meta answers in, and
/// how long it goes on doing so.
package io.tokenwarden.gateway.version;
