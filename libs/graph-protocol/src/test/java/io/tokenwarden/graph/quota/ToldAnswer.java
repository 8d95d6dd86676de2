package io.tokenwarden.graph.quota;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// What Meta might know of its quotas, and the headers in which it would say so: members in any
/// order, numbers as numbers or as texts, names in any case.
///
/// @param usages each quota once
record ToldAnswer(List<Usage> usages, long seed) {

  private static final Map<String, Told> OF_THE_CALL =
      Map.of(
          "X-App-Usage", Told.of(QuotaKind.APP, "", null),
          "X-Page-Usage", Told.of(QuotaKind.ACCOUNT, "", UseCase.PAGES),
          "X-Ad-Account-Usage", Told.of(QuotaKind.ACCOUNT, "", null));

  static Arbitrary<ToldAnswer> any() {
    return Arbitraries.randomValue(ToldAnswer::random);
  }

  private static ToldAnswer random(Random random) {
    var usages = new ArrayList<Usage>();
    for (var quota : OF_THE_CALL.values()) {
      if (random.nextBoolean()) {
        usages.add(figures(quota, random));
      }
    }
    for (var id = random.nextInt(4); id > 0; id--) {
      for (var useCase : UseCase.values()) {
        if (random.nextInt(4) == 0) {
          var quota = Told.of(QuotaKind.ACCOUNT, String.valueOf(id), useCase);
          usages.add(figures(quota, random));
        }
      }
    }
    return new ToldAnswer(usages, random.nextLong());
  }

  private static Usage figures(Told quota, Random random) {
    var tier =
        switch (random.nextInt(3)) {
          case 0 -> Tier.DEVELOPMENT;
          case 1 -> Tier.STANDARD;
          default -> null;
        };
    var told = quota.calls(percent(random)).tier(tier);
    return isSum(quota.usage())
        ? told.reset(Duration.ofSeconds(wait(random))).usage()
        : told.time(percent(random))
            .cpuTime(percent(random))
            .regain(Duration.ofMinutes(wait(random) / 60))
            .usage();
  }

  private static double percent(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 100;
      default -> random.nextInt(12_000) / 100.0;
    };
  }

  private static int wait(Random random) {
    return random.nextBoolean() ? 0 : random.nextInt(24 * 60 * 60);
  }

  /// Whether Meta tells one figure alone.
  private static boolean isSum(Usage usage) {
    return usage.kind() == QuotaKind.ACCOUNT && usage.useCase() == null;
  }

  List<Map.Entry<String, String>> headers() {
    var random = new Random(seed);
    var headers = new ArrayList<Map.Entry<String, String>>();
    OF_THE_CALL.forEach((name, quota) ->
        usages.stream()
            .filter(usage -> Usage.BY_QUOTA.compare(usage, quota.usage()) == 0)
            .forEach(
                usage -> headers.add(Map.entry(anyCase(name, random), object(usage, random)))));
    var byId = usages.stream().filter(u -> !u.id().isEmpty()).collect(groupingBy(Usage::id));
    if (!byId.isEmpty()) {
      headers.add(Map.entry(anyCase("X-Business-Use-Case-Usage", random), byId(byId, random)));
    }
    Collections.shuffle(headers, random);
    return headers;
  }

  private static String byId(Map<String, List<Usage>> byId, Random random) {
    return byId.entrySet().stream()
        .map(of -> {
          var prefix = random.nextBoolean() ? "" : "act_";
          var objects = of.getValue().stream().map(usage -> object(usage, random));
          return "\"%s%s\":[%s]".formatted(prefix, of.getKey(), objects.collect(joining(",")));
        })
        .collect(joining(",", "{", "}"));
  }

  private static String object(Usage usage, Random random) {
    var members = new LinkedHashMap<String, String>();
    members.put(isSum(usage) ? "acc_id_util_pct" : "call_count", number(usage.calls(), random));
    members.put("total_time", number(usage.time(), random));
    members.put("total_cputime", number(usage.cpuTime(), random));
    members.put(
        "estimated_time_to_regain_access", number((double) usage.regain().toMinutes(), random));
    members.put("reset_time_duration", number((double) usage.reset().toSeconds(), random));
    if (usage.tier() != null) {
      members.put(
          "ads_api_access_tier",
          "\"%s_access\"".formatted(usage.tier().name().toLowerCase(Locale.ROOT)));
    }
    if (!usage.id().isEmpty()) {
      members.put("type", "\"%s\"".formatted(usage.useCase().name().toLowerCase(Locale.ROOT)));
    }
    var written =
        new ArrayList<>(
            members.entrySet().stream()
                .map(member -> "\"%s\": %s".formatted(member.getKey(), member.getValue()))
                .toList());
    Collections.shuffle(written, random);
    return written.stream().collect(joining(", ", "{", "}"));
  }

  private static String number(double value, Random random) {
    return random.nextBoolean() ? String.valueOf(value) : "\"" + value + "\"";
  }

  private static String anyCase(String name, Random random) {
    return Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT))
        .skip(random.nextInt(3))
        .findFirst()
        .orElseThrow();
  }
}
