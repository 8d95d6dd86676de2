package io.tokenwarden.twin.insights;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;

/// What one account, campaign, ad set or ad delivered over a range of days.
///
/// @param campaign null at account level
/// @param adSet null above ad set level
/// @param ad null above ad level
public record Row(
    AdAccount account,
    Campaign campaign,
    Campaign.Ad adSet,
    Campaign.Ad ad,
    Days days,
    Metrics metrics) {}
