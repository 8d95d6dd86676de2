package io.tokenwarden.system.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenwarden.testsupport.MetaTwin.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A person's browser: goes where it is sent, step by step, and keeps cookies. Like real ones it
/// takes loopback for a safe place, where Secure cookies may go. It runs no scripts.
final class Browser {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");
  private static final Pattern SCOPE = Pattern.compile("name=\"scope\" value=\"([^\"]+)\"");
  private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Cookie> cookies = new HashMap<>();

  private record Cookie(String origin, String path, String value) {
    boolean goesTo(URI address) {
      return origin.equals(address.getAuthority()) && address.getPath().startsWith(path);
    }
  }

  /// What the address bar leads to, without what follows a `#`.
  HttpResponse<String> open(URI address) {
    return send(HttpRequest.newBuilder(withoutFragment(address)).GET(), address);
  }

  /// Presses the button of the only form on a page.
  HttpResponse<String> press(HttpResponse<String> page) {
    var action = FORM.matcher(page.body());
    if (!action.find()) {
      throw new AssertionError("No form: HTTP " + page.statusCode() + "\n" + page.body());
    }
    var address = page.uri().resolve(action.group(1));
    return send(HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()), address);
  }

  /// Where an answer sends the browser.
  static URI next(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .map(URI::create)
        .orElseThrow(() -> new AssertionError("No redirect: " + answer + "\n" + answer.body()));
  }

  /// Answers Meta's dialog.
  ///
  /// @param declined the permissions that are left out
  /// @return where Meta sends the browser
  URI consent(URI dialog, Person person, String... declined) {
    return answer(dialog, person, "continue", List.of(declined), List.of());
  }

  /// Answers Meta's dialog, and shares some ad accounts and no others.
  URI share(URI dialog, Person person, String... adAccounts) {
    return answer(dialog, person, "continue", List.of(), List.of(adAccounts));
  }

  URI cancel(URI dialog, Person person) {
    return answer(dialog, person, "cancel", List.of(), List.of());
  }

  private URI answer(
      URI dialog, Person person, String action, List<String> declined, List<String> adAccounts) {
    var page = open(dialog);
    var request = REQUEST.matcher(page.body());
    if (!request.find()) {
      throw new AssertionError("No consent form: HTTP " + page.statusCode() + "\n" + page.body());
    }
    var form =
        "request=%s&person=%s&action=%s"
                .formatted(encode(request.group(1)), encode(person.id()), action)
            + SCOPE
                .matcher(page.body())
                .results()
                .map(it -> field("scope", it.group(1)))
                .collect(Collectors.joining())
            + declined.stream().map(it -> field("decline", it)).collect(Collectors.joining())
            + adAccounts.stream().map(it -> field("adAccount", it)).collect(Collectors.joining());
    var address = dialog.resolve("/dialog/consent");
    return next(
        send(
            HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)),
            address));
  }

  private static String field(String name, String value) {
    return "&" + name + "=" + encode(value);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /// The cookies as they are now, to be put back later: what an attacker keeps.
  Runnable remembered() {
    var copy = Map.copyOf(cookies);
    return () -> {
      cookies.clear();
      cookies.putAll(copy);
    };
  }

  private HttpResponse<String> send(HttpRequest.Builder request, URI address) {
    var brought =
        cookies.entrySet().stream()
            .filter(cookie -> cookie.getValue().goesTo(address))
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue().value())
            .collect(Collectors.joining("; "));
    if (!brought.isEmpty()) {
      request.header("Cookie", brought);
    }
    try {
      var answer = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(header -> keep(address, header));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("Nobody answers at " + address.getAuthority(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(URI address, String header) {
    for (var cookie : HttpCookie.parse(header)) {
      if (cookie.getMaxAge() == 0) {
        cookies.remove(cookie.getName());
      } else {
        cookies.put(
            cookie.getName(),
            new Cookie(address.getAuthority(), cookie.getPath(), cookie.getValue()));
      }
    }
  }

  private static URI withoutFragment(URI address) {
    return URI.create(address.toString().replaceAll("#.*", ""));
  }
}
