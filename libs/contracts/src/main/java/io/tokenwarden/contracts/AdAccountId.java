package io.tokenwarden.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// An ad account by its digits; Meta's `act_` prefix is accepted and dropped.
public record AdAccountId(String digits) {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,20}");

  public AdAccountId {
    if (digits == null || !FORM.matcher(digits).matches()) {
      throw new IllegalArgumentException("An ad account id is 1 to 20 digits, or act_ and these");
    }
  }

  @JsonCreator
  public static AdAccountId of(String text) {
    return new AdAccountId(text.startsWith("act_") ? text.substring(4) : text);
  }

  @Override
  @JsonValue
  public String toString() {
    return digits;
  }
}
