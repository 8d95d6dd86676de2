package io.tokenwarden.auth.vault;

/// Something cannot be sealed or opened. Says which, never what.
public class VaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
