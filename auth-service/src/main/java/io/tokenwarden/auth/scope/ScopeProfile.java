package io.tokenwarden.auth.scope;

import static io.tokenwarden.auth.scope.Permission.ADS_MANAGEMENT;
import static io.tokenwarden.auth.scope.Permission.ADS_READ;
import static io.tokenwarden.auth.scope.Permission.BUSINESS_MANAGEMENT;
import static io.tokenwarden.auth.scope.Permission.PAGES_READ_ENGAGEMENT;
import static io.tokenwarden.auth.scope.Permission.PAGES_SHOW_LIST;

import io.tokenwarden.contracts.Capability;
import io.tokenwarden.service.Problems;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a connection is connected for. Nobody is asked for more than the profile needs.
public enum ScopeProfile {
  /// Reading reports and no more: what is asked for where nothing else is said.
  REPORTING("Read insights; change nothing", EnumSet.of(ADS_READ)),

  /// Asks for reading by its own name too: who declines to have campaigns changed can still be
  /// reported to.
  CAMPAIGN_MANAGEMENT("Read insights, and run campaigns", EnumSet.of(ADS_READ, ADS_MANAGEMENT)),

  BUSINESS_DISCOVERY(
      "Read insights, and find the businesses behind the ad accounts",
      EnumSet.of(ADS_READ, BUSINESS_MANAGEMENT)),

  PAGES(
      "Read insights, and the Pages that are advertised",
      EnumSet.of(ADS_READ, PAGES_SHOW_LIST, PAGES_READ_ENGAGEMENT)),

  FULL("Everything the product can make use of", EnumSet.allOf(Permission.class));

  private final String purpose;
  private final Set<Permission> permissions;

  ScopeProfile(String purpose, Set<Permission> permissions) {
    this.purpose = purpose;
    this.permissions = permissions;
  }

  /// @param name such as `campaign-management`
  public static Optional<ScopeProfile> named(String name) {
    return Arrays.stream(values()).filter(profile -> profile.profile().equals(name)).findFirst();
  }

  /// A profile as a caller wrote it.
  ///
  /// @param name null if the caller wrote none
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if there is none of that name
  public static Optional<ScopeProfile> asked(String name) {
    var found = named(name);
    if (name != null && found.isEmpty()) {
      throw Problems.badRequest("There is no such scope profile: see GET /auth/scopes");
    }
    return found;
  }

  /// The name in requests and answers, such as `campaign-management`.
  public String profile() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// One line for a person.
  public String purpose() {
    return purpose;
  }

  /// What a person is asked for, as Meta names it.
  public List<String> scopes() {
    return permissions.stream().map(Permission::scope).toList();
  }

  /// What a connection with all of it is good for.
  public Set<Capability> capabilities() {
    return new GrantedScopes(scopes()).capabilities();
  }

  /// The exact difference between what is needed and what was granted.
  public MissingScopes missing(Collection<String> granted) {
    var scopes = new GrantedScopes(granted);
    var missing = EnumSet.copyOf(permissions);
    missing.removeIf(scopes::include);
    var blocked = EnumSet.noneOf(Capability.class);
    missing.forEach(permission -> blocked.addAll(permission.carries()));
    return new MissingScopes(missing.stream().map(Permission::scope).toList(), blocked);
  }
}
