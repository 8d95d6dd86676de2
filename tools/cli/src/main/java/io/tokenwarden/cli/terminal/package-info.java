/// What commands and people at a terminal say to each other: the outcome goes to stdout, everything
/// else to stderr.
package io.tokenwarden.cli.terminal;
