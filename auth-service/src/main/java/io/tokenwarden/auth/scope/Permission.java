package io.tokenwarden.auth.scope;

import io.tokenwarden.contracts.Capability;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A permission of Meta that one of our profiles asks for.
///
/// See [Permissions reference](https://developers.facebook.com/docs/permissions).
public enum Permission {
  /// Insights, and events from an advertiser's server (the Conversions API) with what became of
  /// them.
  ADS_READ(
      "Read the insights of ad accounts; read pixels and check the events sent from servers",
      EnumSet.of(Capability.READ_INSIGHTS, Capability.VERIFY_CONVERSIONS)),

  /// Meta grants reading with it.
  ADS_MANAGEMENT(
      "Create and change campaigns, and read all that ads_read lets one read",
      EnumSet.of(Capability.WRITE_ADS),
      ADS_READ),

  BUSINESS_MANAGEMENT(
      "See the businesses a person works for, and what belongs to them",
      EnumSet.of(Capability.DISCOVER_BUSINESS)),

  PAGES_SHOW_LIST("List the Pages a person manages", EnumSet.of(Capability.READ_PAGES)),

  PAGES_READ_ENGAGEMENT(
      "Read the content and the followers of a Page", EnumSet.of(Capability.READ_PAGES)),

  PAGES_MANAGE_ADS("Run ads for a Page"),
  LEADS_RETRIEVAL("Read the leads that lead ads bring in"),
  READ_INSIGHTS("Read the insights of Pages, apps and web domains"),
  CATALOG_MANAGEMENT("Read and change product catalogs"),
  INSTAGRAM_BASIC("Read the profile and media of an Instagram account linked to a Page"),
  INSTAGRAM_CONTENT_PUBLISH("Publish to an Instagram account linked to a Page"),
  INSTAGRAM_MANAGE_COMMENTS("Read and answer comments on Instagram"),
  INSTAGRAM_MANAGE_INSIGHTS("Read the insights of an Instagram account linked to a Page"),
  EMAIL("Read the person's e-mail address");

  private final String purpose;
  private final Set<Capability> carries;
  private final Set<Permission> includes;

  Permission(String purpose) {
    this(purpose, EnumSet.noneOf(Capability.class));
  }

  Permission(String purpose, Set<Capability> carries, Permission... includes) {
    this.purpose = purpose;
    this.carries = Collections.unmodifiableSet(carries);
    this.includes = Set.of(includes);
  }

  /// @return empty for a permission that none of our profiles asks for
  public static Optional<Permission> named(String scope) {
    return Arrays.stream(values()).filter(known -> known.scope().equals(scope)).findFirst();
  }

  /// As Meta writes it, such as `ads_read`.
  public String scope() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// One line for a person.
  public String purpose() {
    return purpose;
  }

  /// What a connection without it is not good for.
  Set<Capability> carries() {
    return carries;
  }

  /// What Meta grants with it.
  Set<Permission> includes() {
    return includes;
  }
}
