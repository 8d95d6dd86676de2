package io.tokenwarden.cli;

import io.tokenwarden.embedded.Parts;
import io.tokenwarden.stack.StackException;
import io.tokenwarden.stack.StackFolder;
import io.tokenwarden.stack.StackInfo;
import java.nio.file.Path;

/// The checkout this command was started for.
public final class Checkout {

  private Checkout() {}

  public static Path home() {
    return Parts.here().home();
  }

  public static StackFolder folder() {
    return StackFolder.of(home());
  }

  /// @throws StackException if no stack is up
  public static StackInfo runningStack() {
    return folder()
        .running()
        .orElseThrow(
            () -> new StackException("No stack is up here. Start one with ./tokenwarden up"));
  }
}
