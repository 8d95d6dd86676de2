package io.tokenwarden.auth.vault.kek;

/// The operator's key is away; the same may succeed later.
public final class KekUnavailableException extends KekException {
  private static final long serialVersionUID = 1L;

  KekUnavailableException(String message) {
    super(message);
  }

  @Override
  public String code() {
    return "VAULT_KEY_UNAVAILABLE";
  }
}
