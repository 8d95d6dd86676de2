package io.tokenwarden.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrowserTest {

  private final Http http = new Http();
  private final Browser browser = new Browser(http);
  private HttpServer server;
  private URI site;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    site = URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    server.stop(0);
    http.close();
  }

  @Test
  void followsRedirectsWithItsCookies() {
    // given
    server.createContext(
        "/start",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "ticket=7; Path=/; Secure; HttpOnly");
          redirect(exchange, "/landing?x=1#_=_");
        });
    server.createContext("/landing", exchange -> answer(exchange, 200, cookie(exchange)));

    // when
    var page = browser.open(site.resolve("/start"));

    // then
    assertThat(page.isOk()).isTrue();
    assertThat(page.address()).isEqualTo(site.resolve("/landing?x=1"));
    assertThat(page.html()).isEqualTo("ticket=7");
  }

  @Test
  void keepsCookiesToTheirPath() {
    // given
    server.createContext(
        "/auth/start",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "ticket=7; Path=/auth");
          redirect(exchange, "/elsewhere");
        });
    server.createContext("/elsewhere", exchange -> answer(exchange, 200, cookie(exchange)));

    // when
    var page = browser.open(site.resolve("/auth/start"));

    // then
    assertThat(page.html()).isEqualTo("no cookie");
  }

  @Test
  void fillsInTheFirstForm() {
    // given
    server.createContext(
        "/consent",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          answer(exchange, 200, exchange.getRequestMethod() + " " + body);
        });
    server.createContext(
        "/dialog",
        exchange ->
            answer(
                exchange,
                200,
                """
                <form method="post" action="/consent">
                  <input type="hidden" name="request" value="a=1&amp;b=2">
                  <input type="checkbox" name="decline" value="ads_read">
                  <input type="hidden" name="scope" value="ads_read">
                </form>
                <form action="/other"><input type="hidden" name="not" value="me"></form>
                """));

    // when
    var form = browser.open(site.resolve("/dialog")).form().with("action", "continue");
    var page = browser.submit(form);

    // then
    assertThat(form.fields())
        .isEqualTo(
            List.of(
                Map.entry("request", "a=1&b=2"),
                Map.entry("scope", "ads_read"),
                Map.entry("action", "continue")));
    assertThat(page.html()).isEqualTo("POST request=a%3D1%26b%3D2&scope=ads_read&action=continue");
  }

  @Test
  void neverNamesTheQueryOfAnAddress() {
    // given
    server.createContext("/callback", exchange -> answer(exchange, 400, "no"));

    // then
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> browser.open(site.resolve("/callback?code=sesame")).form())
        .withMessage(site + "/callback answered 400 and no form");
  }

  private static String cookie(HttpExchange exchange) {
    var header = exchange.getRequestHeaders().getFirst("Cookie");
    return header == null ? "no cookie" : header;
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
