package io.tokenwarden.auth.vault.kek;

import io.tokenwarden.auth.vault.VaultException;

/// The operator's key is not what the reference says, or does not fit what was wrapped.
public class KekException extends VaultException {
  private static final long serialVersionUID = 1L;

  KekException(String message) {
    super(message, null);
  }

  @Override
  public String code() {
    return "VAULT_KEY_REFUSED";
  }
}
