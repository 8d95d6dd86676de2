/// Shows a stack to a person: as a board that is drawn anew in place where there is a terminal,
/// else as one line per change.
package io.tokenwarden.cli.board;
