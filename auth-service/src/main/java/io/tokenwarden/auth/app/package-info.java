/// The apps at Meta through which people connect.
///
/// The *managed* app is the operator's: it comes from configuration, and every workspace may use
/// it. A *customer-owned* app belongs to one workspace and is unknown to all others. It is
/// registered with its secret, which Meta must accept, and which lies sealed with the key of the
/// workspace; the same call sets it anew. A workspace may own as many as it likes.
package io.tokenwarden.auth.app;
