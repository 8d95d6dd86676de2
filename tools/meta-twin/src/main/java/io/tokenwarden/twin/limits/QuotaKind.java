package io.tokenwarden.twin.limits;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Whose quota a limit is: what is counted together.
public enum QuotaKind {
  /// Calls that are not about an ad account, by the app they are made for.
  APP,
  /// The same calls by the person whose token they are made with, whatever the app.
  USER,
  /// Calls about an ad account, by app, account and use case.
  ACCOUNT;

  public static Optional<QuotaKind> named(String name) {
    return Stream.of(values()).filter(kind -> kind.label().equals(name)).findFirst();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
