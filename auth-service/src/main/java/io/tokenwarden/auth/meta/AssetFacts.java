package io.tokenwarden.auth.meta;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// What Meta says of one asset. Fields of another kind of asset are null.
///
/// @param accountStatus Meta's `account_status` of an ad account, 1 is active
/// @param disableReason Meta's `disable_reason`, 0 is none
/// @param unavailable whether Meta calls a pixel unavailable
public record AssetFacts(
    String name,
    Integer accountStatus,
    Integer disableReason,
    String currency,
    String timezone,
    boolean unavailable) {

  /// @return empty for what is no asset
  static Optional<AssetFacts> parse(JsonObject body) {
    return body.containsKey("id")
        ? Optional.of(
            new AssetFacts(
                body.getString("name"),
                body.getInteger("account_status"),
                body.getInteger("disable_reason"),
                body.getString("currency"),
                body.getString("timezone_name"),
                body.getBoolean("is_unavailable", false)))
        : Optional.empty();
  }
}
