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
/// @param unfunded whether it lacks a means of payment
/// @param pixelUnavailable whether its pixel says of itself that it is
public record AdAccount(
    String id,
    String name,
    ZoneId timezone,
    String currency,
    List<Campaign> campaigns,
    AccountStatus status,
    boolean unfunded,
    boolean pixelUnavailable) {

  private static final long PIXEL_IDS_ABOVE = 500_000_000_000_000L;
  private static final long FUNDING_IDS_ABOVE = 3_000_000_000_000_000L;

  public AdAccount {
    campaigns = List.copyOf(campaigns);
    status = status == null ? AccountStatus.ACTIVE : status;
  }

  public static AdAccount active(
      String id, String name, ZoneId timezone, String currency, List<Campaign> campaigns) {
    return new AdAccount(
        id, name, timezone, currency, campaigns, AccountStatus.ACTIVE, false, false);
  }

  public Pixel pixel() {
    return new Pixel(idAbove(PIXEL_IDS_ABOVE), name + " Pixel", pixelUnavailable);
  }

  /// Whether its ads run: it is active and can pay.
  public boolean runsAds() {
    return status == AccountStatus.ACTIVE && !unfunded;
  }

  /// The id of its means of payment; empty without one.
  public Optional<String> fundingSource() {
    return unfunded ? Optional.empty() : Optional.of(idAbove(FUNDING_IDS_ABOVE));
  }

  private String idAbove(long distance) {
    return Long.toString(Long.parseLong(id) + distance);
  }

  public AdAccount with(AccountStatus newStatus) {
    return new AdAccount(
        id, name, timezone, currency, campaigns, newStatus, unfunded, pixelUnavailable);
  }

  public AdAccount withFunding(boolean funded) {
    return new AdAccount(
        id, name, timezone, currency, campaigns, status, !funded, pixelUnavailable);
  }

  public AdAccount withPixelAvailable(boolean available) {
    return new AdAccount(id, name, timezone, currency, campaigns, status, unfunded, !available);
  }

  /// The account's calendar day at `now`.
  public LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, timezone);
  }

  /// The hours its local time is ahead of UTC at `now`, daylight saving included.
  public double offsetHours(Instant now) {
    return timezone.getRules().getOffset(now).getTotalSeconds() / 3600.0;
  }
}
