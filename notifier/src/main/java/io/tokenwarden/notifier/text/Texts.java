package io.tokenwarden.notifier.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.Set;

/// The texts of one language, from `texts/notifier_<language>.properties`; names in braces are
/// filled in. English is the bundle without a language.
public final class Texts {
  private static final String BUNDLE = "texts.notifier";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
          .withZone(ZoneOffset.UTC);

  private final Locale locale;
  private final ResourceBundle bundle;

  private Texts(Locale locale, ResourceBundle bundle) {
    this.locale = locale;
    this.bundle = bundle;
  }

  /// @throws IllegalArgumentException if there are no texts in that language
  public static Texts in(Locale locale) {
    var noFallback = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
    var bundle = ResourceBundle.getBundle(BUNDLE, locale, noFallback);
    if (!locale.getLanguage().equals(bundle.getString("language"))) {
      throw new IllegalArgumentException("There are no texts in the language '" + locale + "'");
    }
    return new Texts(locale, bundle);
  }

  /// The language, as HTML names it.
  public String language() {
    return locale.toLanguageTag();
  }

  public Locale locale() {
    return locale;
  }

  /// @throws MissingResourceException if there is no such text
  public String get(String key) {
    return bundle.getString(key);
  }

  public Optional<String> find(String key) {
    return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
  }

  public String get(String key, Map<String, String> values) {
    var text = get(key);
    for (var value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  /// One text for nothing, one for a single thing, one for `{count}` of them.
  public String count(String key, int count) {
    var form =
        switch (count) {
          case 0 -> ".none";
          case 1 -> ".one";
          default -> ".many";
        };
    return get(key + form, Map.of("count", Integer.toString(count)));
  }

  /// `{count}` in a text that is the same for all numbers.
  public String number(String key, int count) {
    return get(key, Map.of("count", Integer.toString(count)));
  }

  /// A day, for a page without script: in UTC.
  public String day(Instant instant) {
    return DAY.withLocale(locale).format(instant);
  }

  /// A day and time, for a page without script: in UTC.
  public String moment(Instant instant) {
    return MOMENT.withLocale(locale).format(instant) + " UTC";
  }

  /// Every key, those of the fallback included.
  Set<String> keys() {
    return bundle.keySet();
  }
}
