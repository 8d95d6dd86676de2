package io.tokenwarden.twin.world;

/// How many of each were ever made. The counts only grow, so an id or label is never given twice,
/// not even after a restart.
record Made(long people, long accounts, long campaigns, long tokens, long apps) {

  static final Made NOTHING = new Made(0, 0, 0, 0, 0);

  Made anotherToken() {
    return new Made(people, accounts, campaigns, tokens + 1, apps);
  }

  Made anotherApp() {
    return new Made(people, accounts, campaigns, tokens, apps + 1);
  }

  Made anotherPerson() {
    return new Made(people + 1, accounts, campaigns, tokens, apps);
  }

  /// Whatever is in an ad account has an id from the row of the campaigns.
  Made anotherAdObject() {
    return new Made(people, accounts, campaigns + 1, tokens, apps);
  }

  Made anotherAccount(long withCampaigns) {
    return new Made(people, accounts + 1, campaigns + withCampaigns, tokens, apps);
  }
}
