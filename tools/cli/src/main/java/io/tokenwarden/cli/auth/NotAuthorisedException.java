package io.tokenwarden.cli.auth;

/// The bearer may not do this: the command ends with 4.
public final class NotAuthorisedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAuthorisedException() {
    super("The bearer may not do this: it takes security-admin for all workspaces");
  }
}
