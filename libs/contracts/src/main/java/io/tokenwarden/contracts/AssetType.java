package io.tokenwarden.contracts;

/// The kinds of things at Meta that a connection may reach.
public enum AssetType {
  AD_ACCOUNT,
  PIXEL,
  PAGE,
  CATALOG
}
