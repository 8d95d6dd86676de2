package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.world.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

  private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+");

  /// @param given query and body together, `access_token` and `method` included
  /// @param authorization the header of that name; null without one
  static GraphRequest of(
      String verb, String path, Map<String, String> given, String authorization, String origin) {
    var parts = Stream.of(path.split("/")).filter(part -> !part.isEmpty()).toList();
    var versioned = !parts.isEmpty() && VERSION.matcher(parts.getFirst()).matches();
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

  /// The digits of the ad account the call is about.
  Optional<String> adAccount() {
    return segments.stream()
        .findFirst()
        .filter(first -> first.startsWith("act_"))
        .map(first -> first.substring("act_".length()));
  }

  /// The path after what it names first; empty for that itself.
  String edge() {
    return String.join("/", segments.subList(1, segments.size()));
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
