/// The local stand-in for the ingress: one origin for the console and the services behind it. It
/// runs inside the stack's own process, on one event loop.
package io.tokenwarden.stack.edge;
