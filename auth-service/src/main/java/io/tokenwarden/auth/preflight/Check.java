package io.tokenwarden.auth.preflight;

/// One named check.
///
/// @param says a sentence for a person; never a secret
record Check(Name name, Result result, String says) {

  /// What is checked, in the order a person would mend it.
  enum Name {
    APP_SERVED,
    APP_REVIEW,
    TOKEN_USABLE,
    PERMISSIONS,
    BUSINESS_ACCESS,
    AD_ACCOUNT_ASSIGNED,
    AD_ACCOUNT_ACTIVE,
    AD_ACCOUNT_BILLABLE,
    MARKETING_API,
    PIXEL_VISIBLE,
    CONVERSIONS_API,
    ASSETS_WITHIN_GRANT,
    SYSTEM_USER_ROLE
  }

  static Check pass(Name name, String says) {
    return new Check(name, Result.PASS, says);
  }

  static Check fail(Name name, String says) {
    return new Check(name, Result.FAIL, says);
  }

  static Check unknown(Name name, String says) {
    return new Check(name, Result.UNKNOWN, says);
  }
}
