package io.tokenwarden.graph.quota;

/// What Meta counts a quota for.
public enum QuotaKind {
  /// The Meta app, whoever's token it carries.
  APP,
  /// One person, whichever app asks for them: other apps use it up too.
  USER,
  /// One object: mostly an ad account, else a Page, an Instagram account, a business.
  ACCOUNT,
  /// Creating and editing on one ad account, counted by the second.
  CHANGES,
  /// Creating ads on one ad account, depending on what it spends a day.
  AD_CREATION,
  /// The budget of one ad set: four changes an hour.
  BUDGET,
  /// The spending limit of one ad account: ten changes a day.
  SPENDING_LIMIT
}
