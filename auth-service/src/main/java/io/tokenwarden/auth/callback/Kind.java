package io.tokenwarden.auth.callback;

/// What Meta says.
enum Kind {
  /// The person removed the app.
  DEAUTHORIZE("deauthorize"),
  /// The person wants to be forgotten.
  DATA_DELETION("data_deletion"),
  /// The person's permissions changed.
  PERMISSIONS("permissions"),
  /// Something changed about an ad account.
  AD_ACCOUNT("ad_account");

  private final String code;

  Kind(String code) {
    this.code = code;
  }

  /// The name in the audit log.
  String code() {
    return code;
  }
}
