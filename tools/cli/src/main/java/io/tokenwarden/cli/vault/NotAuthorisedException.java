package io.tokenwarden.cli.vault;

/// The bearer may not do this.
final class NotAuthorisedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAuthorisedException() {
    super("The bearer may not do this: it takes security-admin for all workspaces");
  }
}
