package io.tokenwarden.auth.vault.kek;

/// The operator's key is not what the reference says, or does not fit what was wrapped.
public class KekException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KekException(String message) {
    super(message);
  }
}
