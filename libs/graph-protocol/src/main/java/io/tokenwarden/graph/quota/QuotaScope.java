package io.tokenwarden.graph.quota;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One quota of Meta's, as events, tables and `GET /-/quota` name it:
///
/// ```
///   app:{app}                       all an app asks
///   app:{app}:{useCase}             all it asks of one kind, whoever it asks about
///   user:{app}:{user}               all it asks for one person
///   account:{app}:{account}         all it asks about one object, mostly an ad account
///   account:{app}:{account}:{useCase}
///   changes:{app}:{account}         single fields and deeds, each with a limit of its own
///   ad_creation:{app}:{account}
///   budget:{app}:{adSet}
///   spending_limit:{app}:{account}
/// ```
///
/// @param id whom it is counted for, without `act_`; null for the app itself
/// @param useCase null if it sums up all of them
public record QuotaScope(QuotaKind kind, String app, String id, UseCase useCase) {

  private static final Map<String, QuotaKind> KINDS = byCode(QuotaKind.values(), QuotaScope::code);
  private static final Map<String, UseCase> USE_CASES = byCode(UseCase.values(), UseCase::code);

  /// @throws IllegalArgumentException if nobody could read its text back
  public QuotaScope {
    Objects.requireNonNull(kind);
    boolean counted = kind == QuotaKind.APP || kind == QuotaKind.ACCOUNT;
    if (!isId(app)
        || (kind == QuotaKind.APP ? id != null : !isId(id))
        || (useCase != null && !counted)) {
      throw new IllegalArgumentException("Not a quota scope");
    }
  }

  /// Everything the app asks.
  public static QuotaScope ofApp(String app) {
    return new QuotaScope(QuotaKind.APP, app, null, null);
  }

  /// Everything the app asks for one person.
  public static QuotaScope ofUser(String app, String user) {
    return new QuotaScope(QuotaKind.USER, app, user, null);
  }

  /// What the app asks about one object, of one kind.
  public static QuotaScope ofAccount(String app, String account, UseCase useCase) {
    return new QuotaScope(QuotaKind.ACCOUNT, app, account, useCase);
  }

  /// Reads what [#text] has written; empty if that cannot be.
  public static Optional<QuotaScope> parse(String text) {
    String[] parts = text.split(":", -1);
    QuotaKind kind = KINDS.get(parts[0]);
    int named = kind == QuotaKind.APP ? 2 : 3;
    UseCase useCase = parts.length == named + 1 ? USE_CASES.get(parts[named]) : null;
    boolean complete = parts.length == named || useCase != null;
    if (kind == null || !complete) {
      return Optional.empty();
    }
    try {
      return Optional.of(new QuotaScope(kind, parts[1], named == 3 ? parts[2] : null, useCase));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// As in `account:1234:5678:ads_insights`.
  public String text() {
    return Stream.of(code(kind), app, id, useCase == null ? null : useCase.code())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(":"));
  }

  private static boolean isId(String text) {
    return text != null && !text.isEmpty() && text.indexOf(':') < 0;
  }

  private static String code(QuotaKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static <T> Map<String, T> byCode(T[] all, Function<T, String> code) {
    return Arrays.stream(all).collect(Collectors.toMap(code, Function.identity()));
  }
}
