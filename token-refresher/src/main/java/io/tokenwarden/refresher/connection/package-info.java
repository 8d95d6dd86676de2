/// The merged state of every connection, as auth-service announced it.
package io.tokenwarden.refresher.connection;
