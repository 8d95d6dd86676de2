package io.tokenwarden.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What a person does about a condition.
public enum Remedy {
  @JsonProperty("reconnect")
  RECONNECT,
  @JsonProperty("resolve_checkpoint")
  RESOLVE_CHECKPOINT,
  @JsonProperty("grant_scopes")
  GRANT_SCOPES,
  @JsonProperty("assign_asset")
  ASSIGN_ASSET,
  @JsonProperty("wait_or_resolve")
  WAIT_OR_RESOLVE;

  /// The name in JSON and in headers, such as `reconnect`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
