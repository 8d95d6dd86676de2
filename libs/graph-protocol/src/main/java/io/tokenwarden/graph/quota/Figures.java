package io.tokenwarden.graph.quota;

import static io.tokenwarden.graph.quota.Figures.Figure.CPU_TIME;
import static io.tokenwarden.graph.quota.Figures.Figure.REGAIN;
import static io.tokenwarden.graph.quota.Figures.Figure.RESET;
import static io.tokenwarden.graph.quota.Figures.Figure.TIME;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The members of one object of a usage header. Of a member that occurs several times the strictest
/// value counts; of the type, each.
final class Figures {

  enum Figure {
    CALLS("call_count", UsageHeaders.HIGHEST_PERCENT),
    TIME("total_time", UsageHeaders.HIGHEST_PERCENT),
    CPU_TIME("total_cputime", UsageHeaders.HIGHEST_PERCENT),
    /// One figure for everything the app did.
    OF_APP("app_id_util_pct", UsageHeaders.HIGHEST_PERCENT),
    /// One figure for everything that was done to the ad account.
    OF_ACCOUNT("acc_id_util_pct", UsageHeaders.HIGHEST_PERCENT),
    /// In minutes.
    REGAIN("estimated_time_to_regain_access", UsageHeaders.LONGEST_SECONDS / 60),
    /// In seconds.
    RESET("reset_time_duration", UsageHeaders.LONGEST_SECONDS);

    private static final Map<String, Figure> BY_NAME =
        Arrays.stream(values()).collect(Collectors.toMap(f -> f.metaName, Function.identity()));

    private final String metaName;
    private final double highest;

    Figure(String metaName, double highest) {
      this.metaName = metaName;
      this.highest = highest;
    }
  }

  private static final Pattern NUMBER = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");

  private final String id;
  private final Map<Figure, Double> told = new EnumMap<>(Figure.class);
  private final Set<UseCase> useCases = EnumSet.noneOf(UseCase.class);
  private Tier tier;

  /// @param id what the figures are counted for; empty if the header does not say
  Figures(String id) {
    this.id = id;
  }

  /// Reads on behind the opening brace, up to the closing one.
  ///
  /// @throws IOException if the object breaks off: then these are the figures that came before
  void read(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      member(name, json.nextToken(), json);
    }
  }

  private void member(String name, JsonToken value, JsonParser json) throws IOException {
    switch (value) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name, json.getDoubleValue());
      case VALUE_STRING -> text(name, json.getText().strip());
      default -> json.skipChildren();
    }
  }

  private void number(String name, double value) {
    var figure = Figure.BY_NAME.get(name);
    if (figure != null && value >= 0) {
      told.merge(figure, Math.clamp(value, 0.0, figure.highest), Math::max);
    }
  }

  private void text(String name, String value) {
    switch (name) {
      case "type" -> useCases.add(UseCase.named(value));
      case "ads_api_access_tier" -> tier = Tier.stricter(tier, Tier.named(value));
      default -> {
        if (NUMBER.matcher(value).matches()) {
          number(name, Double.parseDouble(value));
        }
      }
    }
  }

  // ---- what they say

  /// What they tell of one quota; nothing if none of its figures was told.
  ///
  /// @param calls the figure that stands for calls in this header
  Stream<Usage> usage(QuotaKind kind, UseCase useCase, Figure calls) {
    return Stream.of(calls, TIME, CPU_TIME, REGAIN, RESET).anyMatch(told::containsKey)
        ? Stream.of(
            new Usage(
                kind,
                id,
                useCase,
                value(calls),
                value(TIME),
                value(CPU_TIME),
                seconds(value(REGAIN) * 60),
                seconds(value(RESET)),
                tier))
        : Stream.empty();
  }

  /// One for each type; figures without one belong to the use case of the call.
  Stream<Usage> usageByUseCase() {
    var all = useCases.isEmpty() ? EnumSet.of(UseCase.OTHER) : useCases;
    return all.stream().flatMap(useCase -> usage(QuotaKind.ACCOUNT, useCase, Figure.CALLS));
  }

  /// The app and the ad account, each as far as it was told.
  Stream<Usage> usageOfInsights() {
    return Stream.concat(
        usage(QuotaKind.APP, UseCase.ADS_INSIGHTS, Figure.OF_APP),
        usage(QuotaKind.ACCOUNT, UseCase.ADS_INSIGHTS, Figure.OF_ACCOUNT));
  }

  private double value(Figure figure) {
    return told.getOrDefault(figure, 0.0);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) Math.ceil(seconds));
  }
}
