package io.tokenwarden.graph.quota;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenwarden.graph.quota.Figures.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The headers in which Meta says how far its quotas are used. They come with successful and failed
/// answers alike, once an app asks often enough; `Retry-After` does not come.
///
/// | header | tells of | shape |
/// |---|---|---|
/// | `X-App-Usage` | the app | `{"call_count":28,"total_time":25,"total_cputime":25}` |
/// | `X-Page-Usage` | the Page of the call | the same |
/// | `X-Ad-Account-Usage` | the ad account of the call | `{"acc_id_util_pct":9.67,"reset_time_duration":100,"ads_api_access_tier":…}` |
/// | `X-Business-Use-Case-Usage` | ad accounts, Pages, businesses | `{"ID":[{"type":"ads_insights","call_count":1,…,"estimated_time_to_regain_access":0,…}]}` |
/// | `X-FB-Ads-Insights-Throttle` | insights of the app, and of the ad account of the call | `{"app_id_util_pct":100,"acc_id_util_pct":10,"ads_api_access_tier":…}` |
///
/// Figures are percentages of what may be used in the quota's window, mostly an hour.
/// `estimated_time_to_regain_access` is in minutes, `reset_time_duration` in seconds. Not read is
/// `x-Fb-Ads-Insights-Reach-Throttle`: its shape is not documented.
///
/// See [Rate limits](https://developers.facebook.com/docs/graph-api/overview/rate-limiting) and,
/// for insights, [their
/// limits](https://developers.facebook.com/docs/marketing-api/insights/best-practices).
public final class UsageHeaders {

  /// No wait is longer than Meta's longest window.
  static final double LONGEST_SECONDS = 24 * 60 * 60;

  /// Ten thousand times what may be used; what says more says nothing more.
  static final double HIGHEST_PERCENT = 1_000_000;

  /// Characters. Meta sends 32 objects at most, which is about a tenth of this.
  static final int LONGEST_VALUE = 64 * 1024;

  /// The names of members are ids, as many as there are accounts: none of them is kept.
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private static final Pattern ID = Pattern.compile("(?:act_)?(\\d{1,30})");

  private static final Header TELLS_NOTHING = _ -> Stream.empty();

  private static final Map<String, Header> HEADERS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    HEADERS.put("X-App-Usage", one(said -> said.usage(QuotaKind.APP, null, Figure.CALLS)));
    HEADERS.put(
        "X-Page-Usage", one(said -> said.usage(QuotaKind.ACCOUNT, UseCase.PAGES, Figure.CALLS)));
    HEADERS.put(
        "X-Ad-Account-Usage", one(said -> said.usage(QuotaKind.ACCOUNT, null, Figure.OF_ACCOUNT)));
    HEADERS.put("X-FB-Ads-Insights-Throttle", one(Figures::usageOfInsights));
    HEADERS.put("X-Business-Use-Case-Usage", manyById(Figures::usageByUseCase));
  }

  private interface Header {
    Stream<Usage> usages(String value);
  }

  private UsageHeaders() {}

  /// What an answer tells of quotas, one entry per quota, in an order that does not depend on that
  /// of the headers. Names may be in any case, occur several times, and be those of other headers.
  ///
  /// Never throws. Of a value that breaks off or breaks, what came before counts. A value of more
  /// than 65,536 characters, a figure below 0 or one that is none, and ids that are not digits are
  /// left out; figures without measure are cut to a day, or to 1,000,000 percent. Where something
  /// is said twice, the stricter counts.
  public static List<Usage> parse(Iterable<Map.Entry<String, String>> headers) {
    var found = new TreeMap<Usage, Usage>(Usage.BY_QUOTA);
    for (var header : headers) {
      if (header.getKey() != null && header.getValue() != null) {
        HEADERS
            .getOrDefault(header.getKey(), TELLS_NOTHING)
            .usages(header.getValue())
            .forEach(usage -> found.merge(usage, usage, Usage::stricter));
      }
    }
    return List.copyOf(found.values());
  }

  // ---- JSON, from the front, so that what breaks off has still said what came before

  private interface Shape {
    void read(JsonParser json, List<Figures> found) throws IOException;
  }

  private static Header one(Function<Figures, Stream<Usage>> usages) {
    return value -> figures(value, UsageHeaders::readOne).flatMap(usages);
  }

  private static Header manyById(Function<Figures, Stream<Usage>> usages) {
    return value -> figures(value, UsageHeaders::readById).flatMap(usages);
  }

  private static Stream<Figures> figures(String value, Shape shape) {
    var found = new ArrayList<Figures>();
    if (value.length() <= LONGEST_VALUE) {
      try (var json = JSON.createParser(value)) {
        shape.read(json, found);
      } catch (IOException _) {
        // It broke off. What came before has been found.
      }
    }
    return found.stream();
  }

  private static void readOne(JsonParser json, List<Figures> found) throws IOException {
    if (json.nextToken() == JsonToken.START_OBJECT) {
      read("", json, found);
    }
  }

  private static void readById(JsonParser json, List<Figures> found) throws IOException {
    if (json.nextToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var id = ID.matcher(json.currentName());
        if (id.matches()) {
          readAll(id.group(1), json, found);
        } else {
          json.nextToken();
          json.skipChildren();
        }
      }
    }
  }

  /// An array of objects, though one of them alone is understood as well.
  private static void readAll(String id, JsonParser json, List<Figures> found) throws IOException {
    var depth = 0;
    do {
      switch (json.nextToken()) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> depth--;
        case START_OBJECT -> read(id, json, found);
        default -> {}
      }
    } while (depth > 0);
  }

  private static void read(String id, JsonParser json, List<Figures> found) throws IOException {
    var figures = new Figures(id);
    found.add(figures);
    figures.read(json);
  }
}
