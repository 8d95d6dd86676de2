/// The apps at Meta through which people connect.
package io.tokenwarden.auth.app;
