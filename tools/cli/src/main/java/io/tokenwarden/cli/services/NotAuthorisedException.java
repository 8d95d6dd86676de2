package io.tokenwarden.cli.services;

/// The bearer may not do this: the command ends with 4.
public final class NotAuthorisedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAuthorisedException(String role) {
    super("The bearer may not do this: it takes %s for all workspaces".formatted(role));
  }
}
