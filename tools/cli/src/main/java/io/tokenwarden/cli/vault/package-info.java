/// `tokenwarden keys` and `tokenwarden restored`: long work of auth-service that is begun here and
/// followed to its end. Who stops following does not stop the work; the same command follows it
/// again.
package io.tokenwarden.cli.vault;
