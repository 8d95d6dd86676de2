package io.tokenwarden.auth.scope;

import io.tokenwarden.contracts.Capability;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Tells which permission is needed for what; the same for everybody who is signed in.
@Path("/auth/scopes")
@RolesAllowed({
  Roles.VIEWER,
  Roles.OPERATOR,
  Roles.REPLAYER,
  Roles.SECURITY_ADMIN,
  Roles.SERVICE,
  Roles.GATEWAY
})
class ScopesResource {
  /// @param capabilities all it is good for, by itself and by what it includes
  record ScopeView(
      String scope, String purpose, Set<Capability> capabilities, List<String> includes) {
    static ScopeView of(Permission permission) {
      return new ScopeView(
          permission.scope(),
          permission.purpose(),
          allCarriedBy(permission),
          permission.includes().stream().map(Permission::scope).toList());
    }

    private static Set<Capability> allCarriedBy(Permission permission) {
      var carried = EnumSet.noneOf(Capability.class);
      carried.addAll(permission.carries());
      permission.includes().forEach(included -> carried.addAll(included.carries()));
      return carried;
    }
  }

  record ProfileView(
      String profile, String purpose, List<String> scopes, Set<Capability> capabilities) {
    static ProfileView of(ScopeProfile profile) {
      return new ProfileView(
          profile.profile(), profile.purpose(), profile.scopes(), profile.capabilities());
    }
  }

  /// @param scopes what each permission is for
  /// @param profiles what can be asked for; the first is the default
  record Table(List<ScopeView> scopes, List<ProfileView> profiles) {}

  @GET
  public Table table() {
    return new Table(
        Arrays.stream(Permission.values()).map(ScopeView::of).toList(),
        Arrays.stream(ScopeProfile.values()).map(ProfileView::of).toList());
  }
}
