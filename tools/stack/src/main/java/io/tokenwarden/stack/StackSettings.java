package io.tokenwarden.stack;

import java.nio.file.Path;
import java.util.Map;

/// What a stack is to be.
///
/// @param home the root of the checkout, built
/// @param folder where its data lies
/// @param environment the variables given to it; those of the product reach the services
/// @param usualPorts whether the documented ports are preferred, rather than any free ones
public record StackSettings(
    Path home, StackFolder folder, Map<String, String> environment, boolean usualPorts) {

  public StackSettings {
    home = home.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
  }

  /// The stack of a checkout, with the variables of this process.
  public static StackSettings of(Path home) {
    return new StackSettings(home, StackFolder.of(home), System.getenv(), true);
  }
}
