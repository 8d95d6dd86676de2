/// The `tokenwarden` command. Noun, then verb; data goes to stdout, messages to stderr; the exit
/// code says how it went ([io.tokenwarden.cli.Exit]). Each command is one class here that reads its
/// arguments and leaves the work to others: the module `stack` runs the local stack, the package
/// `board` shows it, `demo` plays the whole story on it.
///
/// The script `tokenwarden` in the root of the checkout finds a JDK, builds, and then runs
/// [io.tokenwarden.cli.Tokenwarden]. Thread model: plain blocking code.
package io.tokenwarden.cli;
