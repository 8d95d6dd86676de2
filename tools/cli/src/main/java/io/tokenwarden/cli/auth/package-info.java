/// auth-service, as commands ask it.
package io.tokenwarden.cli.auth;
