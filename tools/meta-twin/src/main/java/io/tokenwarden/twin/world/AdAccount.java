package io.tokenwarden.twin.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// An ad account. `id` is its digits, without `act_`; its days begin and end in `timezone`. Each
/// has one pixel, whose id follows from the account's.
///
/// @param status null in states written before there was one: active
public record AdAccount(
    String id,
    String name,
    ZoneId timezone,
    String currency,
    List<Campaign> campaigns,
    AccountStatus status) {

  private static final long PIXEL_IDS_ABOVE = 500_000_000_000_000L;

  public AdAccount {
    campaigns = List.copyOf(campaigns);
    status = status == null ? AccountStatus.ACTIVE : status;
  }

  static AdAccount active(
      String id, String name, ZoneId timezone, String currency, List<Campaign> campaigns) {
    return new AdAccount(id, name, timezone, currency, campaigns, AccountStatus.ACTIVE);
  }

  public Pixel pixel() {
    return new Pixel(Long.toString(Long.parseLong(id) + PIXEL_IDS_ABOVE), name + " Pixel");
  }

  public AdAccount with(AccountStatus newStatus) {
    return new AdAccount(id, name, timezone, currency, campaigns, newStatus);
  }

  /// The account's calendar day at `now`.
  public LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, timezone);
  }

  /// The hours its local time is ahead of UTC at `now`, daylight saving included.
  public double offsetHours(Instant now) {
    return timezone.getRules().getOffset(now).getTotalSeconds() / 3600.0;
  }

  public Optional<Campaign> campaign(String id) {
    return campaigns.stream().filter(campaign -> campaign.id().equals(id)).findFirst();
  }
}
