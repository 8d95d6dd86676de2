/// `tokenwarden keys` and `tokenwarden restored`. Rotating and restoring are long work of
/// auth-service that is begun here and followed to its end: who stops following does not stop the
/// work; the same command follows it again. Shredding is done when it is answered.
package io.tokenwarden.cli.vault;
