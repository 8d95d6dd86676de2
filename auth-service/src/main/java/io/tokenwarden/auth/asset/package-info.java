/// What connections reach, as it was last seen, each asset with revisions of its own. [Assets] is
/// the only writer: it changes the asset, the connection's conditions and the events that say so
/// together, under the lock of the connection's row.
package io.tokenwarden.auth.asset;
