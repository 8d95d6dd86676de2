package io.tokenwarden.contracts;

/// What a connection is good for.
public enum Capability {
  READ_INSIGHTS,
  WRITE_ADS,
  DISCOVER_BUSINESS,
  VERIFY_CONVERSIONS,
  READ_PAGES
}
