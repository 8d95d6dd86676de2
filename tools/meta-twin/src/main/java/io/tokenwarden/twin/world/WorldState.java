package io.tokenwarden.twin.world;

import java.util.List;

/// Everything the twin remembers, as one immutable value: this is the content of `state.json`. The
/// counters only grow, so an id or label is never given twice, not even after a restart.
///
/// @param app null in states written before the app could be blocked: well
record WorldState(
    int format,
    long peopleMade,
    long accountsMade,
    long campaignsMade,
    long tokensMade,
    AppStanding app,
    List<Person> people,
    List<IssuedToken> tokens,
    List<AuthorizationCode> codes) {

  private static final int FORMAT = 1;

  WorldState {
    if (format != FORMAT) {
      throw new IllegalArgumentException("state of format %d cannot be read".formatted(format));
    }
    app = app == null ? AppStanding.WELL : app;
    people = List.copyOf(people);
    tokens = List.copyOf(tokens);
    codes = List.copyOf(codes);
  }

  static WorldState empty() {
    return new WorldState(FORMAT, 0, 0, 0, 0, AppStanding.WELL, List.of(), List.of(), List.of());
  }

  WorldState withApp(AppStanding newApp) {
    return new WorldState(
        format, peopleMade, accountsMade, campaignsMade, tokensMade, newApp, people, tokens, codes);
  }

  WorldState withPeople(List<Person> newPeople) {
    return new WorldState(
        format, peopleMade, accountsMade, campaignsMade, tokensMade, app, newPeople, tokens, codes);
  }

  WorldState withTokens(List<IssuedToken> newTokens, long newTokensMade) {
    return new WorldState(
        format,
        peopleMade,
        accountsMade,
        campaignsMade,
        newTokensMade,
        app,
        people,
        newTokens,
        codes);
  }

  WorldState withCodes(List<AuthorizationCode> newCodes) {
    return new WorldState(
        format, peopleMade, accountsMade, campaignsMade, tokensMade, app, people, tokens, newCodes);
  }

  WorldState withCounters(long newPeopleMade, long newAccountsMade, long newCampaignsMade) {
    return new WorldState(
        format,
        newPeopleMade,
        newAccountsMade,
        newCampaignsMade,
        tokensMade,
        app,
        people,
        tokens,
        codes);
  }
}
