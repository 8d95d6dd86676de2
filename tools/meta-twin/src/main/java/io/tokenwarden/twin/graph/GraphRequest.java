package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.world.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Graph call, freed of where its parts were written.
///
/// @param method in effect: the `method` parameter overrides the verb
/// @param version as in the path (`v25.0`); the default where the path has none
/// @param segments of the path, without the version
/// @param parameters query and body, without `access_token` and `method`
/// @param credential the access token; null without one
/// @param bearer whether the token came in the `Authorization` header
/// @param origin scheme and authority the caller used, for paging links
/// @param uploads the files that came with it
record GraphRequest(
    String method,
    String version,
    List<String> segments,
    Map<String, String> parameters,
    Secret credential,
    boolean bearer,
    String origin,
    List<Upload> uploads) {

  static final String DEFAULT_VERSION = "v25.0";

  static final String PROOF = "appsecret_proof";

  private static final String IDS = "ids";
  private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+");

  /// @param given query and body together, `access_token` and `method` included
  /// @param authorization the header of that name; null without one
  static GraphRequest of(
      String verb, String path, Map<String, String> given, String authorization, String origin) {
    var parts = parts(path);
    var versioned = namesVersion(path);
    var parameters = new LinkedHashMap<>(given);
    var inParameters = parameters.remove("access_token");
    var inHeader = credentialIn(authorization);
    var override = parameters.remove("method");
    var bearer = isMissing(inParameters) && inHeader != null;
    return new GraphRequest(
        override == null ? verb : override.toUpperCase(Locale.ROOT),
        versioned ? parts.getFirst() : DEFAULT_VERSION,
        versioned ? parts.subList(1, parts.size()) : parts,
        parameters,
        secret(bearer ? inHeader : inParameters),
        bearer,
        origin,
        List.of());
  }

  GraphRequest with(List<Upload> files) {
    return new GraphRequest(
        method, version, segments, parameters, credential, bearer, origin, files);
  }

  /// Whether a path begins with a version.
  static boolean namesVersion(String path) {
    return parts(path).stream().findFirst().filter(it -> VERSION.matcher(it).matches()).isPresent();
  }

  private static List<String> parts(String path) {
    return Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
  }

  /// The call as part of another: with that one's credential and version where it has none of its
  /// own.
  GraphRequest within(GraphRequest outer) {
    return credential == null ? withCredentialOf(outer) : this;
  }

  private GraphRequest withCredentialOf(GraphRequest outer) {
    var all = new LinkedHashMap<>(parameters);
    outer.parameter(PROOF).ifPresent(proof -> all.putIfAbsent(PROOF, proof));
    return new GraphRequest(
        method, version, segments, all, outer.credential, outer.bearer, origin, uploads);
  }

  /// The same call about one node of several.
  GraphRequest about(String id) {
    var others = new LinkedHashMap<>(parameters);
    others.remove(IDS);
    var path = Stream.concat(Stream.of(id), segments.stream()).toList();
    return new GraphRequest(method, version, path, others, credential, bearer, origin, uploads);
  }

  /// The same call with other parameters.
  GraphRequest with(Map<String, String> others) {
    return new GraphRequest(method, version, segments, others, credential, bearer, origin, uploads);
  }

  /// A call as if its caller had made it to another path.
  GraphRequest inside(List<String> path, Map<String, String> itsParameters) {
    var all = new LinkedHashMap<>(itsParameters);
    parameter(PROOF).ifPresent(proof -> all.put(PROOF, proof));
    return new GraphRequest(method, version, path, all, credential, bearer, origin, uploads);
  }

  /// The ids of the nodes a call is about that names several.
  Optional<List<String>> ids() {
    return parameter(IDS).map(ids -> Stream.of(ids.split(",", -1)).map(String::strip).toList());
  }

  String path() {
    return "/" + version + "/" + String.join("/", segments);
  }

  /// The digits of the ad account the call is about.
  Optional<String> adAccount() {
    return segments.stream()
        .findFirst()
        .filter(first -> first.startsWith("act_"))
        .map(first -> first.substring("act_".length()));
  }

  /// The path after what it names first; empty for that itself.
  String edge() {
    return segments.stream().skip(1).collect(Collectors.joining("/"));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return parameter(name).filter("true"::equalsIgnoreCase).isPresent();
  }

  Optional<String> grantType() {
    return parameter("grant_type");
  }

  Optional<Secret> secretParameter(String name) {
    return parameter(name).map(Secret::of);
  }

  private static Secret secret(String value) {
    return isMissing(value) ? null : Secret.of(value);
  }

  private static boolean isMissing(String value) {
    return value == null || value.isEmpty();
  }

  private static String credentialIn(String authorization) {
    if (authorization == null) {
      return null;
    }
    var words = authorization.split(" ", 2);
    var known = words[0].equalsIgnoreCase("Bearer") || words[0].equalsIgnoreCase("OAuth");
    return known && words.length == 2 ? words[1].strip() : null;
  }
}
