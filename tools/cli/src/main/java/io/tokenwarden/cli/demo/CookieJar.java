package io.tokenwarden.cli.demo;

import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A browser's cookies. As browsers do, and as the JDK's own cookie store does not, it takes the
/// loopback interface for a secure place, so a `Secure` cookie goes back to `http://localhost`.
final class CookieJar {

  private record Kept(String host, String path, HttpCookie cookie) {

    boolean isSameAs(Kept other) {
      return host.equals(other.host)
          && path.equals(other.path)
          && cookie.getName().equals(other.cookie.getName());
    }

    boolean goesTo(URI address) {
      return host.equals(address.getHost())
          && isUnder(pathIn(address), path)
          && (!cookie.getSecure() || isSecure(address))
          && !cookie.hasExpired();
    }
  }

  private final List<Kept> kept = new ArrayList<>();

  void take(URI from, List<String> setCookieHeaders) {
    setCookieHeaders.stream()
        .flatMap(header -> HttpCookie.parse("Set-Cookie: " + header).stream())
        .map(cookie -> new Kept(from.getHost(), pathOf(cookie, from), cookie))
        .forEach(this::keep);
  }

  /// The `Cookie` header for an address; empty if nothing goes there.
  Optional<String> header(URI to) {
    var pairs =
        kept.stream()
            .filter(cookie -> cookie.goesTo(to))
            .map(cookie -> cookie.cookie().getName() + "=" + cookie.cookie().getValue())
            .collect(Collectors.joining("; "));
    return pairs.isEmpty() ? Optional.empty() : Optional.of(pairs);
  }

  private void keep(Kept cookie) {
    kept.removeIf(cookie::isSameAs);
    kept.add(cookie);
  }

  private static String pathOf(HttpCookie cookie, URI from) {
    var path = cookie.getPath();
    if (path != null && path.startsWith("/")) {
      return path;
    }
    var own = pathIn(from);
    return own.lastIndexOf('/') <= 0 ? "/" : own.substring(0, own.lastIndexOf('/'));
  }

  private static String pathIn(URI address) {
    return address.getPath() == null || address.getPath().isEmpty() ? "/" : address.getPath();
  }

  private static boolean isUnder(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  private static boolean isSecure(URI address) {
    return "https".equals(address.getScheme()) || isLoopback(address.getHost());
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
