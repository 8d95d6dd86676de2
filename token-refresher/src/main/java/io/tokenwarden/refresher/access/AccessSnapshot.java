package io.tokenwarden.refresher.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a connection may do and reach, as found with one generation of its token.
///
/// @param complete whether nothing is missing from the lists; only then does absence mean anything
record AccessSnapshot(
    long generation, boolean complete, List<Permission> permissions, List<AdAccount> adAccounts) {

  static AccessSnapshot of(
      long generation, boolean complete, List<JsonNode> permissions, List<JsonNode> adAccounts) {
    return new AccessSnapshot(
        generation,
        complete,
        permissions.stream().map(Permission::of).toList(),
        adAccounts.stream().map(AdAccount::of).toList());
  }

  /// @param status `granted`, `declined` or `expired`
  record Permission(String permission, String status) {
    static Permission of(JsonNode row) {
      return new Permission(row.path("permission").asText(), row.path("status").asText());
    }
  }

  /// @param id its digits
  /// @param timezone IANA name; null if Meta did not say
  /// @param accountStatus Meta's number, 1 = active; null if Meta did not say
  record AdAccount(
      String id, String name, String timezone, String currency, Integer accountStatus) {
    static AdAccount of(JsonNode row) {
      return new AdAccount(
          row.path("account_id").asText(),
          row.path("name").textValue(),
          row.path("timezone_name").textValue(),
          row.path("currency").textValue(),
          row.path("account_status").isInt() ? row.path("account_status").intValue() : null);
    }
  }
}
