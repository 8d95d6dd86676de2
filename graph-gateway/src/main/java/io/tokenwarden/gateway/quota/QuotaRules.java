package io.tokenwarden.gateway.quota;

import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The limits of `GATEWAY_QUOTAS`.
final class QuotaRules {

  /// Meta's, for most of what it limits.
  private static final Duration USUAL_WINDOW = Duration.ofHours(1);

  private static final Pattern ENTRY =
      Pattern.compile("([^=\\s]+)=(\\d{1,12})/(\\d{1,6})(ms|s|m|h|d)(,shadow)?");

  /// A limit of some scopes.
  ///
  /// @param calls in one window; null for no limit that is known
  /// @param shadow holds nothing back
  record Rule(Long calls, Duration window, boolean shadow) {

    private static final Rule NONE = new Rule(null, USUAL_WINDOW, false);
  }

  private record Entry(Pattern scopes, Rule rule) {}

  private final List<Entry> entries;

  private QuotaRules(List<Entry> entries) {
    this.entries = entries;
  }

  /// @throws IllegalArgumentException if an entry is none
  static QuotaRules parse(String text) {
    return new QuotaRules(
        Arrays.stream(text.split(";"))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(QuotaRules::entry)
            .toList());
  }

  Rule of(QuotaScope scope) {
    return entries.stream()
        .filter(entry -> entry.scopes.matcher(scope.text()).matches())
        .findFirst()
        .map(Entry::rule)
        .orElse(Rule.NONE);
  }

  /// Of the quotas that auth-service uses too, it has a twentieth for itself: it checks tokens with
  /// them, however much data is read.
  static long forData(QuotaScope scope, long calls) {
    boolean shared = scope.kind() == QuotaKind.APP || scope.kind() == QuotaKind.USER;
    return shared ? Math.max(1, calls - Math.ceilDiv(calls, 20)) : calls;
  }

  private static Entry entry(String text) {
    Matcher entry = ENTRY.matcher(text);
    if (!entry.matches()) {
      throw new IllegalArgumentException("Not scope=calls/window[,shadow]: " + text);
    }
    Duration window = window(Long.parseLong(entry.group(3)), entry.group(4));
    long calls = Long.parseLong(entry.group(2));
    if (calls == 0 || window.isZero()) {
      throw new IllegalArgumentException("No call would ever be made: " + text);
    }
    return new Entry(scopes(entry.group(1)), new Rule(calls, window, entry.group(5) != null));
  }

  private static Pattern scopes(String pattern) {
    return Pattern.compile(
        Optional.of(pattern).stream()
            .flatMap(whole -> Arrays.stream(whole.split(":", -1)))
            .map(part -> part.equals("*") ? "[^:]+" : Pattern.quote(part))
            .collect(Collectors.joining(":")));
  }

  private static Duration window(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
