/// Reading from Meta through graph-gateway, for services that never see a token: a connection
/// stands where a token would.
///
/// [GraphClient] asks for one page; [GatewayAnswer] says what came of it, as what is to be done
/// next. Whoever reads a list to its end follows `next` by itself, since it alone knows what to do
/// between two pages.
///
/// Threads: everything returns `Uni` and completes in the Vert.x context in which it was asked for.
package io.tokenwarden.graphclient;
