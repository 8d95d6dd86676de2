package io.tokenwarden.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// At which level insights are read, in Meta's words.
public enum InsightsLevel {
  @JsonProperty("account")
  ACCOUNT,
  @JsonProperty("campaign")
  CAMPAIGN,
  @JsonProperty("ad")
  AD;

  /// Meta's name of the level, such as `campaign`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if Meta knows no such level, or we do not read it
  public static InsightsLevel of(String code) {
    for (var level : values()) {
      if (level.code().equals(code)) {
        return level;
      }
    }
    throw new IllegalArgumentException("A level is account, campaign or ad");
  }
}
