package io.tokenwarden.graph.quota;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What calls are made for; each use case has a quota of its own, with an error code of its own.
///
/// See [business use case rate
/// limits](https://developers.facebook.com/docs/graph-api/overview/rate-limiting#buc-rate-limits).
public enum UseCase {
  ADS_INSIGHTS(80000),
  PAGES(80001),
  INSTAGRAM(80002),
  CUSTOM_AUDIENCE(80003),
  ADS_MANAGEMENT(80004),
  LEADGEN(80005),
  MESSENGER(80006),
  /// This name and those of the catalogs are ours: Meta's page tells their codes alone.
  WHATSAPP_MANAGEMENT(80008),
  CATALOG_MANAGEMENT(80009),
  CATALOG_BATCH(80014),
  /// One that Meta names and we do not know: it is that of the call, whatever that was.
  OTHER(null);

  private static final Map<String, UseCase> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(UseCase::code, Function.identity()));

  /// Codes of errors that speak of some use case.
  private static final int FIRST_CODE = 80000;

  private static final int LAST_CODE = 80099;

  private final Integer errorCode;

  UseCase(Integer errorCode) {
    this.errorCode = errorCode;
  }

  /// The name as Meta's headers and our quota scopes carry it: `ads_insights`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The code of the errors that speak of it; empty if it has none of its own.
  Optional<Integer> errorCode() {
    return Optional.ofNullable(errorCode);
  }

  static UseCase named(String name) {
    return BY_NAME.getOrDefault(name.strip().toLowerCase(Locale.ROOT), OTHER);
  }

  /// The use case whose quota an error code says is used up.
  static Optional<UseCase> ofError(Integer code) {
    if (code == null || code < FIRST_CODE || code > LAST_CODE) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(useCase -> code.equals(useCase.errorCode))
        .findFirst()
        .or(() -> Optional.of(OTHER));
  }
}
