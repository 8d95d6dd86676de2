package io.tokenwarden.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// The tenant: a value of the OIDC claim `workspaces`.
public record WorkspaceId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}|\\*");

  /// Stands for all workspaces, in claims and on facts that concern none.
  public static final WorkspaceId ALL = new WorkspaceId("*");

  public WorkspaceId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A workspace id has 1 to 64 letters, digits, dots, dashes or underscores");
    }
  }

  @JsonCreator
  public static WorkspaceId of(String text) {
    return new WorkspaceId(text);
  }

  @Override
  @JsonValue
  public String toString() {
    return value;
  }
}
