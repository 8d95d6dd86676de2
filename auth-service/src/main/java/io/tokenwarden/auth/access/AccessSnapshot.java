package io.tokenwarden.auth.access;

import io.tokenwarden.contracts.AdAccountId;
import java.util.List;

/// What a listing of one connection's access found.
///
/// @param generation the token it was listed with; anything but the current one changes nothing
/// @param complete whether every list was read to its end
public record AccessSnapshot(
    long generation, boolean complete, List<Permission> permissions, List<AdAccount> adAccounts) {
  public AccessSnapshot {
    permissions = permissions == null ? List.of() : List.copyOf(permissions);
    adAccounts = adAccounts == null ? List.of() : List.copyOf(adAccounts);
  }

  /// @param status as Meta says it: `granted`, `declined` or `expired`
  record Permission(String permission, String status) {
    boolean isGranted() {
      return "granted".equals(status);
    }
  }

  /// @param timezone IANA name
  /// @param accountStatus Meta's `account_status`
  record AdAccount(
      AdAccountId id, String name, String timezone, String currency, Integer accountStatus) {}

  /// The granted permissions; empty if the snapshot says nothing of permissions.
  List<String> grantedScopes() {
    return permissions.stream().filter(Permission::isGranted).map(Permission::permission).toList();
  }
}
