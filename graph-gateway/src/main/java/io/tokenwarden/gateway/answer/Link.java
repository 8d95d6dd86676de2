package io.tokenwarden.gateway.answer;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns the address of a page at Meta into that of the same page here.
final class Link {

  private static final Set<String> CREDENTIALS =
      Set.of("access_token", "appsecret_proof", "appsecret_time");
  private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]+");

  private final String gateway;
  private final String handle;

  /// @param gateway the address callers know us by
  /// @param handle that the caller came with, so that it can follow the address as it is; null for
  ///   one who came with a bearer token
  Link(URI gateway, String handle) {
    this.gateway = gateway.toString().replaceFirst("/+$", "");
    this.handle = handle;
  }

  /// The address at the gateway, with no credential but the caller's own; what is no address stays
  /// as it is.
  String here(String address) {
    return address.startsWith("http") ? moved(address) : address;
  }

  private String moved(String address) {
    int fragment = address.indexOf('#');
    String whole = fragment < 0 ? address : address.substring(0, fragment);
    int mark = whole.indexOf('?');
    String path = ORIGIN.matcher(mark < 0 ? whole : whole.substring(0, mark)).replaceFirst("");
    String query = query(mark < 0 ? "" : whole.substring(mark + 1));
    return gateway + path + (query.isEmpty() ? "" : "?" + query);
  }

  private String query(String query) {
    Stream<String> own =
        handle == null ? Stream.empty() : Stream.of("access_token=" + encoded(handle));
    return Stream.concat(Arrays.stream(query.split("&")).filter(Link::isNoCredential), own)
        .filter(pair -> !pair.isEmpty())
        .collect(Collectors.joining("&"));
  }

  private static boolean isNoCredential(String pair) {
    return !CREDENTIALS.contains(decoded(pair.split("=", 2)[0]));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
