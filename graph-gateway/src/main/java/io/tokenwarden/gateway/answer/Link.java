package io.tokenwarden.gateway.answer;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns the address of a page at Meta into that of the same page here.
final class Link {

  private static final Set<String> CREDENTIALS =
      Set.of("access_token", "appsecret_proof", "appsecret_time");
  private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]+");

  private final String gateway;

  /// @param gateway the address callers know us by
  Link(URI gateway) {
    this.gateway = gateway.toString().replaceFirst("/+$", "");
  }

  /// The address at the gateway, without credentials; what is no address stays as it is.
  String here(String address) {
    return address.startsWith("http") ? moved(address) : address;
  }

  private String moved(String address) {
    int mark = address.indexOf('?');
    String path = ORIGIN.matcher(mark < 0 ? address : address.substring(0, mark)).replaceFirst("");
    String query = mark < 0 ? "" : withoutCredentials(address.substring(mark + 1));
    return gateway + path + (query.isEmpty() ? "" : "?" + query);
  }

  private static String withoutCredentials(String query) {
    return Arrays.stream(query.split("&"))
        .filter(pair -> !CREDENTIALS.contains(pair.split("=", 2)[0]))
        .collect(Collectors.joining("&"));
  }
}
