package io.tokenwarden.auth.preflight;

/// One named check.
///
/// @param says a sentence for a person; never a secret
/// @param toFindOut where a person can look for what is unknown; null if the result is known
record Check(Name name, Result result, String says, String toFindOut) {
  Check {
    if ((result == Result.UNKNOWN) != (toFindOut != null)) {
      throw new IllegalArgumentException("What is unknown, and only that, can be found out");
    }
  }

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
    return new Check(name, Result.PASS, says, null);
  }

  static Check fail(Name name, String says) {
    return new Check(name, Result.FAIL, says, null);
  }

  static Check unknown(Name name, String says, String toFindOut) {
    return new Check(name, Result.UNKNOWN, says, toFindOut);
  }
}
