package io.tokenwarden.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.embedded.ChildProcess;
import io.tokenwarden.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The packaged stand-in for Meta as a child process, and its control API.
public final class MetaTwin implements AutoCloseable {
  /// The managed Meta app.
  public static final String APP_ID = "1200000000000001";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

  private static final Pattern SCOPE = Pattern.compile("name=\"scope\" value=\"([^\"]+)\"");

  private final String appSecret;
  private final URI url;
  private final ChildProcess process;
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /// One for all twins: a client that nobody holds on to may be gone before its answer is there.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private MetaTwin(String appSecret, URI url, ChildProcess process) {
    this.appSecret = appSecret;
    this.url = url;
    this.process = process;
  }

  /// Speaks to a twin that runs already.
  public static MetaTwin at(URI url) {
    return new MetaTwin("", url, null);
  }

  /// Starts a twin of its own and returns once it answers.
  ///
  /// @param folder where it keeps its people and tokens
  public static MetaTwin start(Path folder) {
    var port = Ports.free();
    var secret = randomSecret();
    var jar =
        Path.of(System.getProperty("tokenwarden.home", "."))
            .resolve("tools/meta-twin/target/quarkus-app/quarkus-run.jar");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString());
    var environment =
        Map.of(
            "META_APP_ID",
            APP_ID,
            "META_APP_SECRET",
            secret,
            "TWIN_DATA",
            folder.resolve("data").toString(),
            "QUARKUS_HTTP_PORT",
            Integer.toString(port));
    var process =
        ChildProcess.start(
            new ChildProcess.Spec(
                "meta-twin", command, environment, folder, folder.resolve("twin.log")));
    var twin = new MetaTwin(secret, URI.create("http://localhost:" + port), process);
    twin.awaitReady();
    return twin;
  }

  private static String randomSecret() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void awaitReady() {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException("The twin does not answer\n" + process.tail());
      }
    }
  }

  private boolean isReady() {
    try {
      var request = request(url.resolve("/q/health/ready")).timeout(Duration.ofSeconds(2)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200
          || process.awaitExit(Duration.ofMillis(50));
    } catch (IOException _) {
      process.awaitExit(Duration.ofMillis(50));
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the twin started", e);
    }
  }

  public URI url() {
    return url;
  }

  public String appSecret() {
    return appSecret;
  }

  public ChildProcess process() {
    return process;
  }

  /// A person of the twin.
  public record Person(String id, List<String> adAccounts) {}

  /// A new person with ad accounts of their own, each with this many campaigns.
  public Person person(String name, int adAccounts, int campaigns) {
    var accounts = JSON.createArrayNode();
    for (int i = 1; i <= adAccounts; i++) {
      accounts
          .addObject()
          .put("name", name + " " + i)
          .put("timezone", i % 2 == 0 ? "America/New_York" : "Europe/Rome")
          .put("currency", i % 2 == 0 ? "USD" : "EUR")
          .put("campaigns", campaigns);
    }
    var body = JSON.createObjectNode().put("name", name);
    body.set("adAccounts", accounts);
    var made = control("POST", "/twin/people", body.toString());
    var ids =
        StreamSupport.stream(made.get("adAccounts").spliterator(), false)
            .map(account -> account.get("id").asText())
            .toList();
    return new Person(made.get("id").asText(), ids);
  }

  /// A Meta app of the twin beside the managed one. Its secret is worth nothing elsewhere.
  public record App(String id, String secret) {
    @Override
    public String toString() {
      return "App[id=" + id + ", ****]";
    }
  }

  /// Registers another Meta app, with a random secret.
  public App app(String name) {
    var order = JSON.createObjectNode().put("name", name);
    var made = control("POST", "/twin/apps", order.toString());
    return new App(made.get("id").asText(), made.get("secret").asText());
  }

  /// Resets an app's secret: every token of the app dies with the old one.
  ///
  /// @return the app with its new secret
  public App resetSecret(String appId) {
    var made = control("POST", "/twin/apps/" + appId + "/secret/reset", "");
    return new App(appId, made.get("secret").asText());
  }

  /// Login for Business: what a configuration of an app asks for.
  public void configureLogin(App app, String configId, String... scopes) {
    var configs = JSON.createObjectNode();
    configs.set(configId, JSON.valueToTree(scopes));
    control("PUT", "/twin/apps/" + app.id() + "/login-configs", configs.toString());
  }

  /// `block`, `delete` or `restore`: what happens to one Meta app, for every call made with it.
  public void happensToTheApp(String appId, String deed) {
    control("POST", "/twin/apps/" + appId + "/" + deed, "");
  }

  /// What an app knows a person by. The managed app knows people by `person.id()`.
  public String userId(Person person, String appId) {
    return shown(person).at("/userIds/" + appId).asText();
  }

  /// Somebody who works for the same business, with the same ad accounts.
  public Person colleague(Person of, String name) {
    var order = JSON.createObjectNode().put("name", name).put("colleagueOf", of.id());
    return new Person(
        control("POST", "/twin/people", order.toString()).get("id").asText(), of.adAccounts());
  }

  /// A token made by hand. The twin tells its value this once.
  ///
  /// @param expiresAt null for never
  public record Token(String label, String value, Instant expiresAt) {
    @Override
    public String toString() {
      return "Token[" + label + ", ****]";
    }
  }

  /// A system user of the person's business, with all of the person's ad accounts.
  public Person systemUser(Person of, String name) {
    var order = JSON.createObjectNode().put("name", name);
    var made = control("POST", "/twin/people/" + of.id() + "/system-users", order.toString());
    return new Person(made.get("id").asText(), of.adAccounts());
  }

  /// A system user of the person's business, with these of the person's ad accounts.
  public Person systemUser(Person of, String name, List<String> adAccounts) {
    var order = JSON.createObjectNode().put("name", name);
    order.set("adAccounts", JSON.valueToTree(adAccounts));
    var made = control("POST", "/twin/people/" + of.id() + "/system-users", order.toString());
    return new Person(made.get("id").asText(), List.copyOf(adAccounts));
  }

  /// A token of a system user that never expires.
  public Token systemUserToken(Person systemUser, String... scopes) {
    return token(systemUser, "system-user", false, APP_ID, scopes);
  }

  /// A token of a system user that expires in 60 days.
  public Token expiringSystemUserToken(Person systemUser, String... scopes) {
    return token(systemUser, "system-user", true, APP_ID, scopes);
  }

  /// A short-lived token, as a developer's tool hands it out.
  public Token shortLivedToken(Person person, String... scopes) {
    return token(person, "short-lived", false, APP_ID, scopes);
  }

  public Token longLivedToken(Person person, String... scopes) {
    return token(person, "long-lived", false, APP_ID, scopes);
  }

  /// A token of the page of the person's business.
  public Token pageToken(Person person, String... scopes) {
    return token(person, "page", false, APP_ID, scopes);
  }

  /// A token made by hand, granted to an app.
  ///
  /// @param kind `short-lived`, `long-lived`, `system-user` or `page`
  /// @param expires whether a system user's token ends in 60 days
  public Token token(Person person, String kind, boolean expires, String appId, String... scopes) {
    var order = JSON.createObjectNode().put("kind", kind).put("expires", expires).put("app", appId);
    order.set("scopes", JSON.valueToTree(scopes));
    var made = control("POST", "/twin/people/" + person.id() + "/tokens", order.toString());
    return new Token(
        made.get("label").asText(),
        made.get("accessToken").asText(),
        made.path("expiresAt").isTextual() ? Instant.parse(made.get("expiresAt").asText()) : null);
  }

  /// Lets a token end at this instant, however far away or long past that is.
  ///
  /// @param label as in [#tokens] and [#calls]
  public void endToken(String label, Instant at) {
    move(label, "expiresAt", at);
  }

  /// Lets the app's access to the person's data end at this instant; the token lives on.
  public void endDataAccess(String label, Instant at) {
    move(label, "dataAccessExpiresAt", at);
  }

  private void move(String label, String clock, Instant at) {
    var order = JSON.createObjectNode().put(clock, at.toString());
    control("PUT", "/twin/tokens/" + label, order.toString());
  }

  /// Revokes one token: 190/466.
  public void revoke(String label) {
    control("POST", "/twin/tokens/" + label + "/revoke", "");
  }

  /// The labels of the person's living tokens for the managed app, oldest first.
  public List<String> livingTokens(Person person) {
    return StreamSupport.stream(tokens().spliterator(), false)
        .filter(token -> token.path("personId").asText().equals(person.id()))
        .filter(token -> token.get("appId").asText().equals(APP_ID))
        .filter(token -> token.get("alive").asBoolean())
        .map(token -> token.get("label").asText())
        .toList();
  }

  /// How exchanges of the person's tokens turn out from now on.
  ///
  /// @param movesNothing the token that comes back expires when the given one does
  /// @param leavesOutExpiresIn the answer does not say how long it lives
  public void oddExchanges(Person person, boolean movesNothing, boolean leavesOutExpiresIn) {
    var order =
        JSON.createObjectNode()
            .put("movesNothing", movesNothing)
            .put("leavesOutExpiresIn", leavesOutExpiresIn);
    control("PUT", "/twin/people/" + person.id() + "/exchange", order.toString());
  }

  /// The calls made with this token or about it, oldest first.
  public JsonNode callsOf(String label) {
    return control("GET", "/twin/calls?limit=10000&token=" + label, null).get("items");
  }

  /// How often this token was exchanged, whatever came of it.
  public long exchangesOf(String label) {
    return StreamSupport.stream(callsOf(label).spliterator(), false)
        .filter(call -> call.path("grantType").asText().equals("fb_exchange_token"))
        .filter(call -> call.path("inputToken").asText().equals(label))
        .count();
  }

  /// How often this token was exchanged for another; in vain does not count, and the call log's
  /// length does not matter.
  public int exchanges(String label) {
    return StreamSupport.stream(tokens().spliterator(), false)
        .filter(token -> token.get("label").asText().equals(label))
        .mapToInt(token -> token.get("exchanges").asInt())
        .findFirst()
        .orElseThrow();
  }

  /// From now on it is this instant at Meta, and stays so until [#realTime], another move or a
  /// restart.
  public void clock(Instant now) {
    control("PUT", "/twin/clock", JSON.createObjectNode().put("now", now.toString()).toString());
  }

  /// From now on it is so much later at Meta than it really is; earlier where negative.
  public void clockAhead(Duration offset) {
    var order = JSON.createObjectNode().put("offset", offset.toString());
    control("PUT", "/twin/clock", order.toString());
  }

  public void realTime() {
    control("DELETE", "/twin/clock", null);
  }

  public void changePassword(Person person) {
    control("POST", "/twin/people/" + person.id() + "/change-password", "{}");
  }

  public void removeApp(Person person) {
    control("POST", "/twin/people/" + person.id() + "/remove-app", "{}");
  }

  /// The person removes an app that is not the managed one.
  public void removeApp(Person person, String appId) {
    control("POST", "/twin/people/" + person.id() + "/remove-app?app=" + appId, "");
  }

  /// What a person does, or what happens to one, as the control API names it. See the methods
  /// below.
  public void happens(Person person, String deed) {
    control("POST", "/twin/people/" + person.id() + "/" + deed, "{}");
  }

  /// 190/467 to every token of the person.
  public void logOut(Person person) {
    happens(person, "log-out");
  }

  /// 190/463 to every token of the person.
  public void expireTokens(Person person) {
    happens(person, "expire-tokens");
  }

  /// 190/466 to every token of the person.
  public void revokeTokens(Person person) {
    happens(person, "revoke-tokens");
  }

  /// 190/465 to every token of the system user: the app is not its business's any more.
  public void leaveBusiness(Person systemUser) {
    happens(systemUser, "leave-business");
  }

  /// 190/493 to every token: unused for 90 days.
  public void goUnused(Person person) {
    happens(person, "go-unused");
  }

  /// 190/468 to every token: long away from the app.
  public void stayAway(Person person) {
    happens(person, "stay-away");
  }

  /// Data access is over now: data calls get 190/493, `/me` and inspection call the token good.
  public void endDataAccess(Person person) {
    happens(person, "end-data-access");
  }

  /// 190/459 until [#passCheckpoint].
  public void checkpoint(Person person) {
    happens(person, "checkpoint");
  }

  /// 190/490 until [#passCheckpoint].
  public void blockingCheckpoint(Person person) {
    happens(person, "blocking-checkpoint");
  }

  /// 190/464, the account is not confirmed, until [#passCheckpoint].
  public void unconfirm(Person person) {
    happens(person, "unconfirm");
  }

  public void passCheckpoint(Person person) {
    happens(person, "pass-checkpoint");
  }

  /// Every call gets 190/467, while inspection calls the token valid, until [#settle].
  public void dispute(Person person) {
    happens(person, "dispute");
  }

  public void settle(Person person) {
    happens(person, "settle");
  }

  /// Writes get 368 until this instant; reads go on.
  public void blockWrites(Person person, Instant until) {
    block(person, "POLICY", until);
  }

  /// Writes get 4/2207051 until this instant; reads go on.
  public void blockActions(Person person, Instant until) {
    block(person, "ACTION", until);
  }

  private void block(Person person, String kind, Instant until) {
    var order = JSON.createObjectNode().put("kind", kind).put("until", until.toString());
    control("PUT", "/twin/people/" + person.id() + "/policy-block", order.toString());
  }

  public void unblock(Person person) {
    happens(person, "unblock");
  }

  public void withdraw(Person person, String permission) {
    happens(person, "permissions/" + permission + "/withdraw");
  }

  public void grant(Person person, String permission) {
    happens(person, "permissions/" + permission + "/grant");
  }

  /// The permission runs out for want of use: `expired` in `/me/permissions`.
  public void expirePermission(Person person, String permission) {
    happens(person, "permissions/" + permission + "/expire");
  }

  /// Takes an ad account away: from now on 100/33 to this person.
  public void loseAdAccount(Person person, String adAccount) {
    happens(person, "ad-accounts/" + adAccount + "/lose");
  }

  /// Takes an ad account away: from now on "(#200) Ad account owner has NOT grant…" to this person.
  public void loseGrantOfAdAccount(Person person, String adAccount) {
    happens(person, "ad-accounts/" + adAccount + "/lose-grant");
  }

  /// Gives a person an ad account that others have already.
  public void assignAdAccount(Person person, String adAccount) {
    happens(person, "ad-accounts/" + adAccount + "/assign");
  }

  public void regainAdAccount(Person person, String adAccount) {
    happens(person, "ad-accounts/" + adAccount + "/regain");
  }

  /// `account_status` 2, for everybody who has the account.
  public void disableAdAccount(Person person, String adAccount) {
    happens(person, "ad-accounts/" + adAccount + "/disable");
  }

  public void enableAdAccount(Person person, String adAccount) {
    happens(person, "ad-accounts/" + adAccount + "/enable");
  }

  /// Any other status, by the deed that leads to it: `leave-unsettled` (3), `review-risk` (7),
  /// `await-settlement` (8), `give-grace` (9), `begin-closure` (100), `close` (101); or
  /// `lose-funding`, `regain-funding`.
  public void happensToAdAccount(Person person, String adAccount, String deed) {
    happens(person, "ad-accounts/" + adAccount + "/" + deed);
  }

  /// The pixel of an ad account.
  public String pixelOf(Person person, String adAccount) {
    return StreamSupport.stream(shown(person).get("adAccounts").spliterator(), false)
        .filter(account -> account.get("id").asText().equals(adAccount))
        .map(account -> account.at("/pixel/id").asText())
        .findFirst()
        .orElseThrow();
  }

  /// Takes a pixel away: 100/33 to this person.
  public void losePixel(Person person, String pixel) {
    happens(person, "pixels/" + pixel + "/lose");
  }

  public void regainPixel(Person person, String pixel) {
    happens(person, "pixels/" + pixel + "/regain");
  }

  /// `is_unavailable` becomes true.
  public void failPixel(Person person, String pixel) {
    happens(person, "pixels/" + pixel + "/fail");
  }

  public void recoverPixel(Person person, String pixel) {
    happens(person, "pixels/" + pixel + "/recover");
  }

  /// The business a person works for, with its page and its catalog.
  public record Business(String id, String pageId, String catalogId) {}

  public Business businessOf(Person person) {
    var business = shown(person).get("business");
    return new Business(
        business.get("id").asText(),
        business.get("pageId").asText(),
        business.get("catalogId").asText());
  }

  /// Takes a page away: 100/33 to this person, 190/492 to page tokens.
  public void losePage(Person person, String page) {
    happens(person, "pages/" + page + "/lose");
  }

  public void regainPage(Person person, String page) {
    happens(person, "pages/" + page + "/regain");
  }

  public void loseCatalog(Person person, String catalog) {
    happens(person, "catalogs/" + catalog + "/lose");
  }

  public void regainCatalog(Person person, String catalog) {
    happens(person, "catalogs/" + catalog + "/regain");
  }

  public void loseBusiness(Person person, String business) {
    happens(person, "businesses/" + business + "/lose");
  }

  public void regainBusiness(Person person, String business) {
    happens(person, "businesses/" + business + "/regain");
  }

  private JsonNode shown(Person person) {
    return control("GET", "/twin/people/" + person.id(), null);
  }

  /// `block`, `delete` or `restore`: what happens to the managed Meta app, for every call made with
  /// it.
  public void happensToTheApp(String deed) {
    control("POST", "/twin/app/" + deed, "{}");
  }

  /// Where Meta calls an app from now on. A webhook address has to echo the challenge first.
  ///
  /// @param deauthorizeUrl null for none, as the others
  /// @param webhookVerifyToken what the app expects to be asked with
  public void callbacks(
      String appId,
      URI deauthorizeUrl,
      URI dataDeletionUrl,
      URI webhookUrl,
      String webhookVerifyToken) {
    var order =
        JSON.createObjectNode()
            .put("deauthorizeUrl", Objects.toString(deauthorizeUrl, null))
            .put("dataDeletionUrl", Objects.toString(dataDeletionUrl, null))
            .put("webhookUrl", Objects.toString(webhookUrl, null))
            .put("webhookVerifyToken", webhookVerifyToken);
    control("PUT", "/twin/apps/" + appId + "/callbacks", order.toString());
  }

  /// What an app is called with waits from now on until [#deliver] or [#releaseCallbacks].
  public void holdCallbacks(String appId) {
    happensToTheApp(appId, "hold-callbacks");
  }

  /// Sends what was held, oldest first, and whatever comes at once again.
  public void releaseCallbacks(String appId) {
    happensToTheApp(appId, "release-callbacks");
  }

  /// The person asks an app to forget them.
  public void deleteData(Person person, String appId) {
    control("POST", "/twin/people/" + person.id() + "/delete-data?app=" + appId, "");
  }

  /// Something Meta calls an app with.
  ///
  /// @param kind `DEAUTHORIZE`, `DATA_DELETION` or `WEBHOOK`
  /// @param state `WAITING`, `HELD`, `DELIVERED` or `GIVEN_UP`
  /// @param lastStatus 0 while nobody has answered
  /// @param content the payload of a signed request, or the body of a webhook
  /// @param answer of a data deletion: `url` and `confirmation_code`; a missing or null node else
  public record Delivery(
      long id,
      String kind,
      String state,
      int attempts,
      int lastStatus,
      String content,
      JsonNode answer) {

    private static Delivery of(JsonNode json) {
      return new Delivery(
          json.get("id").asLong(),
          json.get("kind").asText(),
          json.get("state").asText(),
          json.get("attempts").asInt(),
          json.path("lastStatus").asInt(),
          json.get("content").asText(),
          json.path("answer"));
    }
  }

  /// What an app was or will be called with, oldest first.
  public List<Delivery> deliveries(String appId) {
    var all = control("GET", "/twin/deliveries?app=" + appId, null);
    return StreamSupport.stream(all.spliterator(), false).map(Delivery::of).toList();
  }

  /// Sends a delivery now: late, or a second time.
  ///
  /// @return how it stands after that
  public Delivery deliver(Delivery delivery) {
    return Delivery.of(control("POST", "/twin/deliveries/" + delivery.id() + "/deliver", ""));
  }

  /// The insights Meta holds of an ad account: one row per entity and day, in every field.
  ///
  /// @param level `account`, `campaign` or `ad`
  public JsonNode truth(String adAccount, String level, LocalDate from, LocalDate to) {
    return control(
        "GET",
        "/twin/truth/insights?account=%s&level=%s&from=%s&to=%s"
            .formatted(adAccount, level, from, to),
        null);
  }

  /// How insights reports go that are started from now on; usual is `(0, 1, null)`.
  ///
  /// @param unknownPolls how many polls are told that there is no such object: 100/33
  /// @param runningPolls how many polls find it running, after one that finds it not started
  /// @param failure `REPORT_FAILED` or `TOO_LARGE`; null for a report that is completed
  public void reportRuns(int unknownPolls, int runningPolls, String failure) {
    var order =
        JSON.createObjectNode()
            .put("unknownPolls", unknownPolls)
            .put("runningPolls", runningPolls)
            .put("failure", failure);
    control("PUT", "/twin/report-runs", order.toString());
  }

  /// What apps made, changed and deleted in an ad account, the latest write last: `id`, `kind`,
  /// `accountId` and `values`, in which an image or video has the `hash` (MD5) of its content.
  public JsonNode written(String adAccount) {
    return control("GET", "/twin/ad-objects?account=" + adAccount, null);
  }

  /// All tokens the twin has issued, by label, never by value.
  public JsonNode tokens() {
    return control("GET", "/twin/tokens", null);
  }

  /// The call log, oldest first, up to 1,000 entries.
  public JsonNode calls() {
    return control("GET", "/twin/calls?limit=1000", null).get("items");
  }

  /// The number of the newest call.
  public long lastCall() {
    return control("GET", "/twin/calls?limit=0", null).get("last").asLong();
  }

  /// The calls after that one, oldest first, up to 10,000.
  public JsonNode callsAfter(long number) {
    return control("GET", "/twin/calls?limit=10000&after=" + number, null).get("items");
  }

  /// Answers matching calls like this until the rule is removed.
  ///
  /// @param match a regular expression on the path
  /// @return the rule's id
  public String fault(String match, int status, String body, String contentType) {
    var rule =
        JSON.createObjectNode()
            .put("match", match)
            .put("status", status)
            .put("body", body)
            .put("contentType", contentType);
    return control("POST", "/twin/faults", rule.toString()).get("id").asText();
  }

  /// Lets matching calls meet one of Meta's bad days until it is cleared.
  ///
  /// @param preset `outage`, `slow`, `insights-throttle`, …: the names of `presets.json`
  /// @param match a regular expression on the path
  /// @return the rule's id
  public String badDay(String preset, String match) {
    var rule = JSON.createObjectNode().put("preset", preset).put("match", match);
    return control("POST", "/twin/faults", rule.toString()).get("id").asText();
  }

  public void clearFault(String id) {
    control("DELETE", "/twin/faults/" + id, null);
  }

  public void clearFaults() {
    control("DELETE", "/twin/faults", null);
  }

  /// A strict rolling limit: see the twin's README for what each scope counts together.
  ///
  /// @param scope `app`, `user` or `account`
  /// @param calls how many are let through in any window
  /// @param countsRefused whether refused calls count too
  /// @param hiddenPerSecond how often others use each quota
  /// @param grace how long after a refusal calls do not count as made during a block
  public record Limit(
      String scope,
      int calls,
      Duration window,
      boolean countsRefused,
      double hiddenPerSecond,
      Duration grace) {

    /// Refused calls do not count, and nobody else uses the quota.
    public static Limit of(String scope, int calls, Duration window) {
      return new Limit(scope, calls, window, false, 0, Duration.ZERO);
    }
  }

  /// Sets the limit of a scope and begins to count anew.
  public void limit(Limit limit) {
    var order =
        JSON.createObjectNode()
            .put("scope", limit.scope())
            .put("limit", limit.calls())
            .put("windowMs", limit.window().toMillis())
            .put("countsRefused", limit.countsRefused())
            .put("hiddenPerSecond", limit.hiddenPerSecond())
            .put("graceMs", limit.grace().toMillis());
    control("PUT", "/twin/limits", order.toString());
  }

  /// What one quota has seen since its limit was set.
  ///
  /// @param quota `app:{app}`, `user:{person}` or `account:{app}:{account}:{use case}`
  /// @param hidden what others used up
  /// @param duringBlock calls made before the time was over that a refused caller had been told
  /// @param worstWindow the most calls, refused ones included, within one window
  public record Meter(
      String quota,
      long admitted,
      long refused,
      long hidden,
      long duringBlock,
      int worstWindow,
      int percent) {}

  /// Every quota under a limit that was used.
  public List<Meter> meters() {
    return StreamSupport.stream(control("GET", "/twin/limits", null).spliterator(), false)
        .flatMap(limit -> StreamSupport.stream(limit.get("quotas").spliterator(), false))
        .map(quota -> JSON.convertValue(quota, Meter.class))
        .toList();
  }

  public void clearLimits() {
    control("DELETE", "/twin/limits", null);
  }

  /// Gives an app a configuration for Login for Business, which its dialog asks for as a whole.
  public void loginConfig(String appId, String configId, String... scopes) {
    var order = JSON.createObjectNode();
    order.set(configId, JSON.valueToTree(scopes));
    control("PUT", "/twin/apps/" + appId + "/login-configs", order.toString());
  }

  /// Plays the person at the dialog.
  ///
  /// @param dialog where the service sent the browser
  /// @param action `continue` or `cancel`
  /// @param declined the permissions the person leaves out
  /// @return where Meta sends the browser next
  public URI consent(URI dialog, Person person, String action, String... declined) {
    return answer(dialog, person, action, List.of(declined), List.of());
  }

  /// Plays a person who shares some of their ad accounts at the dialog, and no others.
  ///
  /// @return where Meta sends the browser next
  public URI share(URI dialog, Person person, String... adAccounts) {
    return answer(dialog, person, "continue", List.of(), List.of(adAccounts));
  }

  private URI answer(
      URI dialog, Person person, String action, List<String> declined, List<String> adAccounts) {
    var page = openDialog(dialog);
    var request = REQUEST.matcher(page);
    if (!request.find()) {
      throw new AssertionError("No consent form:\n" + page);
    }
    var form =
        "request="
            + encode(request.group(1))
            + "&person="
            + encode(person.id())
            + "&action="
            + action
            + fields("scope", SCOPE.matcher(page).results().map(found -> found.group(1)))
            + fields("decline", declined.stream())
            + fields("adAccount", adAccounts.stream());
    var answer =
        send(
            request(url.resolve("/dialog/consent"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    return answer
        .headers()
        .firstValue("Location")
        .map(URI::create)
        .orElseThrow(() -> new AssertionError("No redirect: " + answer.body()));
  }

  /// Opens the dialog and leaves it at that: nobody comes back from it.
  ///
  /// @return the page, which may be one that says why there is no dialog
  public String openDialog(URI dialog) {
    return send(request(dialog).GET().build()).body();
  }

  private static String fields(String name, Stream<String> values) {
    return values.map(value -> "&" + name + "=" + encode(value)).collect(Collectors.joining());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private JsonNode control(String method, String path, String body) {
    var request =
        request(url.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = send(request);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + ": HTTP " + answer.statusCode());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(ANSWER);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("The twin does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
