package io.tokenwarden.gateway.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a caller asks of Graph, read once. Policy judges it and Meta is sent it, written by us:
/// nobody sees the caller's own spelling again.
///
/// @param verb the one that counts, wherever the caller said it
/// @param version such as `v25.0`; null until [#inVersion] if the caller named none
/// @param segments the path below the version, decoded
/// @param items the calls it makes, if it is a batch; else none
/// @param files that came with it
/// @param parameters of query and body, without credentials and `method`, decoded, in the caller's
///   order
public record GraphRequest(
    Verb verb,
    String version,
    List<String> segments,
    List<Parameter> parameters,
    List<BatchItem> items,
    List<SentFile> files) {

  /// One `name=value`, wherever it stood.
  public record Parameter(String name, String value) {

    /// The name as a lenient reader takes it, PHP's for instance: `Access.Token` and
    /// `access_token[0]` both are `access_token` to it.
    public String plainName() {
      String stripped = name.strip().toLowerCase(Locale.ROOT);
      int bracket = stripped.indexOf('[');
      int nul = stripped.indexOf('\0');
      int end =
          Math.min(bracket < 0 ? stripped.length() : bracket, nul < 0 ? stripped.length() : nul);
      return stripped.substring(0, end).replace('.', '_').replace(' ', '_');
    }
  }

  private static final Set<String> VIDEOS = Set.of("advideos", "videos");
  private static final Pattern OF_A_REPORT =
      Pattern.compile("\\basync_(?:status|percent_completion)\\b");
  private static final Pattern OBJECT = Pattern.compile("\\d{1,20}");
  private static final List<Parameter> PAUSE = List.of(new Parameter("status", "PAUSED"));
  private static final Pattern ASSET = Pattern.compile("(act_)?(\\d{1,20})");

  public GraphRequest {
    segments = List.copyOf(segments);
    parameters = List.copyOf(parameters);
    items = List.copyOf(items);
    files = List.copyOf(files);
  }

  /// A single call.
  public GraphRequest(
      Verb verb, String version, List<String> segments, List<Parameter> parameters) {
    this(verb, version, segments, parameters, List.of(), List.of());
  }

  /// The same, with files.
  GraphRequest with(List<SentFile> more) {
    return new GraphRequest(verb, version, segments, parameters, items, more);
  }

  /// A batch.
  GraphRequest(String version, List<Parameter> parameters, List<BatchItem> items) {
    this(Verb.POST, version, List.of(), parameters, items, List.of());
  }

  /// The same, in this version where the caller named none.
  public GraphRequest inVersion(String pin) {
    return new GraphRequest(
        verb,
        version == null ? pin : version,
        segments,
        parameters,
        items.stream().map(item -> item.inVersion(pin)).toList(),
        files);
  }

  public boolean isBatch() {
    return !items.isEmpty();
  }

  /// The path as it is sent and told: `/v25.0/act_1/insights`.
  public String path() {
    return segments.stream()
        .map(GraphRequest::encodedSegment)
        .collect(Collectors.joining("/", version == null ? "/" : "/" + version + "/", ""));
  }

  /// The parameters as a query or a form; empty if there are none.
  public String form() {
    return form(GraphRequest::encoded);
  }

  /// @param spelling of the values
  String form(UnaryOperator<String> spelling) {
    return all()
        .map(parameter -> encoded(parameter.name()) + "=" + spelling.apply(parameter.value()))
        .collect(Collectors.joining("&"));
  }

  private Stream<Parameter> all() {
    return isBatch() ? Stream.concat(parameters.stream(), Stream.of(batch())) : parameters.stream();
  }

  private Parameter batch() {
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> batch.add(item.written()));
    return new Parameter("batch", batch.toString());
  }

  /// Whether it changes nothing at Meta. Asking for a report is a read, though it is a POST.
  public boolean isRead() {
    return isBatch() ? isEach(GraphRequest::isRead) : isSingleRead();
  }

  private boolean isSingleRead() {
    return verb == Verb.GET || (verb == Verb.POST && isAboutInsights() && files.isEmpty());
  }

  private boolean isEach(Predicate<GraphRequest> so) {
    return items.stream().map(BatchItem::request).allMatch(so);
  }

  /// Whether it is about videos, which Graph takes at an address of their own.
  public boolean uploadsVideo() {
    return verb == Verb.POST && segments.size() == 2 && VIDEOS.contains(segments.getLast());
  }

  private boolean isAboutInsights() {
    return segments.size() == 2 && segments.getLast().equals("insights");
  }

  /// Whether it asks for a report, which is made meanwhile.
  public boolean asksForReport() {
    return !isBatch() && verb == Verb.POST && isAboutInsights();
  }

  /// Whether it asks for what only such a report has.
  public boolean asksHowAReportGetsOn() {
    return verb == Verb.GET
        && segments.size() == 1
        && parameters.stream()
            .filter(parameter -> parameter.name().equals("fields"))
            .anyMatch(parameter -> OF_A_REPORT.matcher(parameter.value()).find());
  }

  /// Whether doing it twice is doing it once.
  public boolean mayBeRepeated() {
    return isBatch() ? isEach(GraphRequest::mayBeRepeated) : verb == Verb.GET;
  }

  /// Whether it pauses one object and does nothing else, or each item of a batch does.
  public boolean onlyPauses() {
    return isBatch() ? isEach(GraphRequest::onlyPauses) : isPause();
  }

  private boolean isPause() {
    return verb == Verb.POST
        && segments.size() == 1
        && OBJECT.matcher(segments.getFirst()).matches()
        && files.isEmpty()
        && parameters.equals(PAUSE);
  }

  /// The digits of what the path begins with: an ad account, or any other object that Graph knows
  /// by its number; null if it begins with something else.
  public String assetId() {
    if (segments.isEmpty()) {
      return null;
    }
    Matcher asset = ASSET.matcher(segments.getFirst());
    return asset.matches() ? asset.group(2) : null;
  }

  /// As a query spells it.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String encodedSegment(String segment) {
    return encoded(segment)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%40", "@");
  }
}
