package io.tokenwarden.cli.demo;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/// Plays a person's browser: keeps cookies, follows redirects, fills in forms. Addresses with codes
/// and tickets in them go nowhere but to the server they are meant for.
final class Browser {

  private static final int MOST_REDIRECTS = 10;

  private final Http http;
  private final CookieJar cookies = new CookieJar();

  Browser(Http http) {
    this.http = http;
  }

  Page open(URI address) {
    return load(address, Http.request(withoutFragment(address)).GET());
  }

  Page submit(Form form) {
    return load(
        form.action(),
        Http.request(form.action())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.encoded())));
  }

  private Page load(URI first, HttpRequest.Builder firstRequest) {
    var address = first;
    var request = firstRequest;
    for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      var answer = send(address, request);
      var next = answer.headers().firstValue("Location");
      if (answer.statusCode() / 100 != 3 || next.isEmpty()) {
        return new Page(address, answer.statusCode(), answer.body());
      }
      address = withoutFragment(address.resolve(next.get()));
      request = Http.request(address).GET();
    }
    throw new NoAnswerException(
        "the browser was redirected in circles, last to " + Http.place(address));
  }

  private HttpResponse<String> send(URI address, HttpRequest.Builder request) {
    cookies.header(address).ifPresent(header -> request.header("Cookie", header));
    request.header("Accept", "text/html");
    var answer = http.send("the page", request.build());
    cookies.take(address, answer.headers().allValues("Set-Cookie"));
    return answer;
  }

  private static URI withoutFragment(URI address) {
    var text = address.toString();
    var hash = text.indexOf('#');
    return hash < 0 ? address : URI.create(text.substring(0, hash));
  }

  /// A page that was loaded.
  record Page(URI address, int status, String html) {

    boolean isOk() {
      return status == 200;
    }

    /// @throws NoAnswerException if the page has no form
    Form form() {
      return Form.first(address, html)
          .filter(_ -> isOk())
          .orElseThrow(() ->
              new NoAnswerException(
                  "%s answered %d and no form".formatted(Http.place(address), status)));
    }
  }
}
