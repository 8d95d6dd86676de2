package io.tokenwarden.twin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Talks to the twin over HTTP: as an app, as a person's browser, as a test.
final class Visitor {

  static final String REDIRECT = "http://localhost:1/auth/meta/callback";

  private static final String BOUNDARY = "part-4711-of-a-body";

  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&#]+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI twin;
  private final String appId;
  private final String appSecret;

  Visitor(URI twin) {
    this(twin, FreshTwin.APP_ID, FreshTwin.APP_SECRET);
  }

  Visitor(URI twin, String appId, String appSecret) {
    this.twin = twin;
    this.appId = appId;
    this.appSecret = appSecret;
  }

  /// The same visitor, in the name of an app just made.
  Visitor ofNewApp(String order) {
    var app = post("/twin/apps", order).json();
    return new Visitor(twin, app.get("id").asText(), app.get("secret").asText());
  }

  String appId() {
    return appId;
  }

  Answer get(String path, Map<String, String> query, String... headers) {
    var address = query.isEmpty() ? path : path + "?" + form(query.entrySet().stream().toList());
    return send(request(address, headers).GET());
  }

  Answer post(String path, String body) {
    return send(
        request(path, "Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  Answer put(String path, String body) {
    return send(
        request(path, "Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
  }

  Answer delete(String path, Map<String, String> query) {
    return send(request(path + "?" + form(query.entrySet().stream().toList())).DELETE());
  }

  Answer postForm(String path, List<Map.Entry<String, String>> fields, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields))));
  }

  Answer postParts(String path, Map<String, String> fields) {
    return sendParts(path, parts(fields));
  }

  /// A file among the parts of a body.
  Answer postFile(
      String path, Map<String, String> fields, String part, String name, byte[] content) {
    var body = parts(fields);
    body.writeBytes(part("name=\"%s\"; filename=\"%s\"".formatted(part, name), content));
    return sendParts(path, body);
  }

  private static ByteArrayOutputStream parts(Map<String, String> fields) {
    var body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> body.writeBytes(part("name=\"" + name + "\"", utf8(value))));
    return body;
  }

  private Answer sendParts(String path, ByteArrayOutputStream body) {
    body.writeBytes(utf8("--" + BOUNDARY + "--\r\n"));
    return send(
        request(path, "Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static byte[] part(String names, byte[] content) {
    var part = new ByteArrayOutputStream();
    part.writeBytes(
        utf8("--%s\r\nContent-Disposition: form-data; %s\r\n\r\n".formatted(BOUNDARY, names)));
    part.writeBytes(content);
    part.writeBytes(utf8("\r\n"));
    return part.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String jsonOf(Map<String, String> values) {
    return new ObjectMapper().valueToTree(values).toString();
  }

  /// Plays the browser of a person who continues, and returns the code the app gets.
  String dance(String personId, String scope) {
    var landed = answerDialog(personId, "continue", scope);
    var code = CODE.matcher(landed);
    if (!code.find()) {
      throw new AssertionError("no code in " + landed);
    }
    return code.group(1);
  }

  /// Where the browser is sent after the consent page.
  String answerDialog(String personId, String action, String scope) {
    return answerDialog(personId, action, Map.of("scope", scope), List.of());
  }

  /// Where the browser is sent after the consent page.
  ///
  /// @param asked what the app asks for, beside its name and address
  /// @param declined what the person leaves out
  String answerDialog(
      String personId, String action, Map<String, String> asked, List<String> declined) {
    return answerDialog(personId, action, asked, declined, List.of());
  }

  /// Where the browser is sent after the consent page, on which some ad accounts are shared and no
  /// others.
  String shareInDialog(String personId, String scope, List<String> adAccounts) {
    return answerDialog(personId, "continue", Map.of("scope", scope), List.of(), adAccounts);
  }

  private String answerDialog(
      String personId,
      String action,
      Map<String, String> asked,
      List<String> declined,
      List<String> adAccounts) {
    var page = openDialog(asked);
    var fields = new ArrayList<Map.Entry<String, String>>();
    var hidden = HIDDEN.matcher(page.text().substring(0, page.text().indexOf("</form>")));
    while (hidden.find()) {
      fields.add(Map.entry(hidden.group(1), hidden.group(2)));
    }
    fields.add(Map.entry("person", personId));
    fields.add(Map.entry("action", action));
    declined.forEach(scope -> fields.add(Map.entry("decline", scope)));
    adAccounts.forEach(id -> fields.add(Map.entry("adAccount", id)));
    return postForm("/dialog/consent", fields).header("Location");
  }

  String appSecret() {
    return appSecret;
  }

  /// The consent page, or the page that says why there is none.
  Answer openDialog(Map<String, String> asked) {
    var query = new HashMap<>(asked);
    query.putAll(
        Map.of(
            "client_id", appId, "redirect_uri", REDIRECT, "response_type", "code", "state", "a b"));
    return get("/v25.0/dialog/oauth", query);
  }

  Answer redeem(String code) {
    return get(
        "/v25.0/oauth/access_token",
        Map.of(
            "client_id",
            appId,
            "client_secret",
            appSecret,
            "redirect_uri",
            REDIRECT,
            "code",
            code));
  }

  Answer exchange(String token) {
    return get(
        "/v25.0/oauth/access_token",
        Map.of(
            "grant_type",
            "fb_exchange_token",
            "client_id",
            appId,
            "client_secret",
            appSecret,
            "fb_exchange_token",
            token));
  }

  /// The dance, the code exchange and the exchange for a long-lived token.
  String connect(String personId) {
    var code = dance(personId, "ads_read,business_management");
    return exchange(redeem(code).token()).token();
  }

  Answer inspect(String token) {
    return get(
        "/v25.0/debug_token",
        Map.of("input_token", token, "access_token", appId + "|" + appSecret));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(twin.resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofString()), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String form(List<Map.Entry<String, String>> fields) {
    return fields.stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// What came back.
  record Answer(HttpResponse<String> response, ObjectMapper mapper) {

    int status() {
      return response.statusCode();
    }

    String text() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return mapper.readTree(text());
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON, status " + status(), e);
      }
    }

    String token() {
      return json().path("access_token").asText();
    }

    /// Status, code and subcode of an error: `400 190/460`.
    String error() {
      var error = json().path("error");
      return status()
          + " "
          + Stream.of("code", "error_subcode")
              .filter(error::has)
              .map(name -> error.get(name).asText())
              .collect(Collectors.joining("/"));
    }
  }
}
