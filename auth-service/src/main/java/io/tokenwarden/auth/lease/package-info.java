/// Lends a connection's credential to graph-gateway, and to nobody else.
package io.tokenwarden.auth.lease;
