package io.tokenwarden.auth.vault;

/// Something cannot be sealed or opened, for want of a key or because it is not what it should be.
/// Says which, never what.
public class VaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message no secret; people read it in logs
  protected VaultException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Why, in one word: for metrics, and for whoever may not read of keys and places.
  public String code() {
    return "VAULT";
  }
}
