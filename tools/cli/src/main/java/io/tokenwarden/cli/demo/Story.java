package io.tokenwarden.cli.demo;

import static io.tokenwarden.cli.demo.Observation.notYet;
import static io.tokenwarden.cli.demo.Observation.seen;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionEvent.TokenConnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpired;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.NotificationEvent.NotificationRaised;
import io.tokenwarden.contracts.NotificationEvent.State;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleBlocked;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleResumed;
import io.tokenwarden.contracts.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A person connects, changes the password, is told, and reconnects; and it is proved that nothing
/// is missing and nothing was said twice. Each step asks until it has seen what it says, and
/// returns where that can be looked up.
final class Story {

  /// What is said on these is read from the beginning of the story to its end.
  static final List<Topic> TOPICS =
      List.of(
          Topic.TOKEN_CONNECTED,
          Topic.TOKEN_SUSPECTED,
          Topic.TOKEN_EXPIRED,
          Topic.SCHEDULE_BLOCKED,
          Topic.SCHEDULE_RESUMED,
          Topic.INSIGHTS_SYNCED,
          Topic.NOTIFICATION_RAISED);

  private static final List<String> LEVELS = List.of("account", "campaign");

  /// How many days, today included, are compared with what Meta holds.
  private static final int DAYS = 90;

  /// How long nothing may happen after the verdict.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final Product product;
  private final Twin twin;
  private final Facts facts;
  private final Patience patience;
  private final Supplier<Browser> browsers;
  private final String name;

  // What the story learns as it goes.
  private Person person;
  private String connectionId;
  private String firstToken;
  private String notificationId;
  private long passwordChangedAfterCall;
  private long verdictAtCall;

  /// @param browsers a fresh browser for every dance
  /// @param name of the person
  Story(
      Product product,
      Twin twin,
      Facts facts,
      Patience patience,
      Supplier<Browser> browsers,
      String name) {
    this.product = product;
    this.twin = twin;
    this.facts = facts;
    this.patience = patience;
    this.browsers = browsers;
    this.name = name;
  }

  /// @throws NotObservedException at the first step that was not observed
  void play(Timeline timeline) {
    timeline.step("a person with two ad accounts joins Meta", this::join);
    timeline.step("connected by the redirect dance", this::connect);
    timeline.step("rows synced and equal to what Meta holds", this::sync);
    timeline.step("the person changes the password", this::changePassword);
    timeline.step("a sync call gets 190/460", this::runIntoTheError);
    timeline.step("exactly one inspection", this::inspectOnce);
    timeline.step("exactly one token.expired: generation 1, PASSWORD_CHANGED", this::expire);
    timeline.step("the schedules are blocked and name the cause", this::block);
    timeline.step("exactly one notification", this::notifyOnce);
    timeline.step("no further Graph call with that token", this::keepSilent);
    timeline.step("reconnected: the same connection, generation 2", this::reconnect);
    timeline.step("the schedules are resumed", this::resume);
    timeline.step(
        "the gap is filled: no hole, and rows equal to what Meta holds", this::fillTheGap);
    timeline.step("the notification is resolved", this::resolve);
    timeline.step("nothing was said twice", this::countAgain);
  }

  private List<String> join() {
    person = twin.addPerson(name);
    return Stream.concat(
            Stream.of("twin person " + person.id() + ", " + person.name()),
            person.adAccounts().stream()
                .map(account -> "act_%s, %s".formatted(account.id(), account.timezone())))
        .toList();
  }

  private List<String> connect() {
    dance(patience.until(() -> seen(product.handoff())));
    var connected = connected(1, false);
    connectionId = connected.event().connection().connectionId().toString();
    firstToken = currentToken();
    return List.of(connected.proof(), isActive(1), "twin " + firstToken);
  }

  private List<String> sync() {
    var proof = new ArrayList<String>();
    for (var account : person.adAccounts()) {
      proof.addAll(equalsMeta(account));
      patience.until(() -> firstRunEnded(account));
    }
    proof.addAll(announcements());
    return proof;
  }

  /// The run reads more levels than are compared here. If the password changed meanwhile, the gap
  /// would begin with the first day of all, which is another story.
  private Observation<Boolean> firstRunEnded(AdAccount account) {
    return product.schedule(account).path("lastRunAt").isTextual()
        ? seen(true)
        : notYet("the first run for act_" + account.id() + " has not ended");
  }

  private List<String> changePassword() {
    passwordChangedAfterCall = twin.lastCall();
    twin.changePassword(person);
    var cause =
        patience.until(() ->
            twin.deathOf(person, firstToken)
                .map(Observation::seen)
                .orElseGet(() -> notYet(firstToken + " still lives at Meta")));
    return List.of("twin %s: %s".formatted(firstToken, cause));
  }

  private List<String> runIntoTheError() {
    var account = person.adAccounts().getFirst();
    patience.until(() -> forced(account));
    var call =
        patience.until(() ->
            callsSincePasswordChanged().stream()
                .filter(it -> person.adAccounts().stream().anyMatch(it::isInsightsOf))
                .filter(it -> it.failedWith(190, 460))
                .findFirst()
                .map(Observation::seen)
                .orElseGet(() -> notYet("no insights call with " + firstToken + " got 190/460")));
    var suspected =
        patience.until(() ->
            first(
                TokenSuspected.class,
                fact -> fact.connectionId().toString().equals(connectionId),
                "no token.suspected"));
    return List.of(call.proof(), suspected.proof());
  }

  private List<String> inspectOnce() {
    var probe =
        patience.until(() -> once("GET /me", callsSincePasswordChanged(), GraphCall::isProbe));
    var inspection =
        patience.until(
            () -> once("GET /debug_token", callsSincePasswordChanged(), GraphCall::isInspection));
    verdictAtCall = Math.max(probe.seq(), inspection.seq());
    return List.of(probe.proof(), inspection.proof());
  }

  private List<String> expire() {
    var expired = patience.until(() -> only(TokenExpired.class, this::isOurs, "token.expired"));
    var connection = expired.event().connection();
    if (connection.generation() != 1 || expired.event().reason() != Reason.PASSWORD_CHANGED) {
      throw new NotObservedException(
          "token.expired of generation %d, reason %s"
              .formatted(connection.generation(), expired.event().reason()));
    }
    var status =
        patience.until(
            () -> value(product.connection(connectionId), "/health/tokenStatus", "EXPIRED"));
    return List.of(expired.proof(), "connection %s: %s".formatted(connectionId, status));
  }

  private List<String> block() {
    var proof = new ArrayList<String>();
    for (var account : person.adAccounts()) {
      var blocked =
          patience.until(() ->
              first(
                  ScheduleBlocked.class,
                  fact -> isOf(account, fact.adAccountId().toString()) && namesTheCause(fact),
                  "no schedule.blocked of act_%s that names AUTH_EXPIRED".formatted(account.id())));
      var cause = patience.until(() -> blockedBy(product.schedule(account)));
      proof.add("%s, act_%s BLOCKED by %s".formatted(blocked.proof(), account.id(), cause));
    }
    return proof;
  }

  private List<String> notifyOnce() {
    var open = patience.until(() -> onlyNotification("OPEN"));
    notificationId = open.path("notificationId").asText();
    var raised =
        patience.until(
            () -> only(NotificationRaised.class, this::isOpening, "notification.raised (OPEN)"));
    return List.of(
        raised.proof(),
        "notification %s: %s".formatted(notificationId, open.path("kind").asText()));
  }

  private List<String> keepSilent() {
    person.adAccounts().forEach(product::tryToForce);
    Patience.rest(SILENCE);
    var later = twin.callsConcerning(firstToken, verdictAtCall);
    if (!later.isEmpty()) {
      throw new NotObservedException(later.getFirst().proof());
    }
    return List.of(
        "twin: none with %s after call %d, though a sync was asked for"
            .formatted(firstToken, verdictAtCall));
  }

  private List<String> reconnect() {
    dance(patience.until(() -> seen(product.handoff(connectionId))));
    var connected = connected(2, true);
    var active = isActive(2);
    var all = product.connectionsOf(person);
    if (all.size() != 1) {
      throw new NotObservedException(all.size() + " connections of one person");
    }
    return List.of(connected.proof(), active, "twin " + currentToken());
  }

  private List<String> resume() {
    var proof = new ArrayList<String>();
    for (var account : person.adAccounts()) {
      var resumed = resumed(account);
      patience.until(() -> value(product.schedule(account), "/state", "RUNNING"));
      proof.add(
          "%s, act_%s RUNNING, gap %s to %s"
              .formatted(
                  resumed.proof(),
                  account.id(),
                  resumed.event().gapFrom(),
                  resumed.event().gapTo()));
    }
    return proof;
  }

  private List<String> fillTheGap() {
    var proof = new ArrayList<String>();
    for (var account : person.adAccounts()) {
      var gap = resumed(account).event();
      for (var level : LEVELS) {
        var days = new Days(gap.gapFrom(), gap.gapTo());
        patience.until(() -> readAgain(account, level, days));
      }
      proof.addAll(equalsMeta(account));
    }
    return proof;
  }

  private List<String> resolve() {
    var resolved = patience.until(() -> onlyNotification("RESOLVED"));
    if (!resolved.path("notificationId").asText().equals(notificationId)) {
      throw new NotObservedException("another notification was resolved");
    }
    patience.until(() ->
        product.notifications(connectionId, "OPEN").isEmpty()
            ? seen(true)
            : notYet("a notification is still open"));
    var raised =
        patience.until(() ->
            only(NotificationRaised.class, this::isResolving, "notification.raised (RESOLVED)"));
    return List.of(raised.proof());
  }

  private List<String> countAgain() {
    var expired = patience.until(() -> only(TokenExpired.class, this::isOurs, "token.expired"));
    var opened =
        patience.until(
            () -> only(NotificationRaised.class, this::isOpening, "notification.raised (OPEN)"));
    var calls = callsSincePasswordChanged();
    var probe = patience.until(() -> once("GET /me", calls, GraphCall::isProbe));
    var inspection = patience.until(() -> once("GET /debug_token", calls, GraphCall::isInspection));
    return List.of(
        "%s, %s".formatted(expired.proof(), opened.proof()),
        "twin calls %d and %d".formatted(probe.seq(), inspection.seq()));
  }

  // The browser.

  private void dance(URI start) {
    var browser = browsers.get();
    var consent = browser.open(start).form();
    var landed = browser.submit(consent.with("person", person.id()).with("action", "continue"));
    if (!landed.isOk()) {
      throw new NotObservedException(
          "the browser ended at %s with status %d"
              .formatted(Http.place(landed.address()), landed.status()));
    }
  }

  // The connection.

  private Fact<TokenConnected> connected(long generation, boolean reconnected) {
    return patience.until(() ->
        first(
            TokenConnected.class,
            fact ->
                fact.connection().metaUserId().equals(person.id())
                    && fact.connection().generation() == generation
                    && fact.reconnected() == reconnected
                    && (connectionId == null || isOurs(fact.connection().connectionId())),
            "no token.connected of generation " + generation));
  }

  private String isActive(long generation) {
    patience.until(
        () -> value(product.connection(connectionId), "/generation", Long.toString(generation)));
    patience.until(() -> value(product.connection(connectionId), "/health/tokenStatus", "ACTIVE"));
    return "connection %s: ACTIVE, generation %d".formatted(connectionId, generation);
  }

  private String currentToken() {
    return patience.until(() ->
        twin.longLivedTokenOf(person)
            .map(Observation::seen)
            .orElseGet(() -> notYet("Meta gave no long-lived token")));
  }

  private boolean isOurs(TokenExpired fact) {
    return isOurs(fact.connection().connectionId());
  }

  private boolean isOurs(Object id) {
    return id != null && id.toString().equals(connectionId);
  }

  // The calls.

  private List<GraphCall> callsSincePasswordChanged() {
    return twin.callsConcerning(firstToken, passwordChangedAfterCall);
  }

  private Observation<GraphCall> once(
      String what, List<GraphCall> calls, Predicate<GraphCall> which) {
    var found = calls.stream().filter(which).toList();
    return found.size() == 1
        ? seen(found.getFirst())
        : notYet("%d × %s for %s".formatted(found.size(), what, firstToken));
  }

  // The sync.

  private Observation<Boolean> forced(AdAccount account) {
    product.force(account);
    return seen(true);
  }

  private List<String> equalsMeta(AdAccount account) {
    return LEVELS.stream().map(level -> patience.until(() -> equalsMeta(account, level))).toList();
  }

  private Observation<String> equalsMeta(AdAccount account, String level) {
    var days = Days.last(DAYS, account);
    var hole = product.coverage(account, level, days).firstHole(days.each());
    if (hole.isPresent()) {
      return notYet("act_%s, %s level: %s was not read".formatted(account.id(), level, hole.get()));
    }
    var held = twin.insights(account, level, days);
    var difference = product.insights(account, level, days).differenceTo(held);
    return difference
        .map(it ->
            Observation.<String>notYet("act_%s, %s level: %s".formatted(account.id(), level, it)))
        .orElseGet(() ->
            seen(
                "act_%s, %s level: %d days, %d rows, %s spent"
                    .formatted(
                        account.id(),
                        level,
                        DAYS,
                        held.rows().size(),
                        held.spend().toPlainString())));
  }

  private List<String> announcements() {
    return person.adAccounts().stream()
        .map(account ->
            patience.until(() ->
                first(
                    InsightsSynced.class,
                    fact -> isOf(account, fact.adAccountId().toString()),
                    "no insights.synced of act_" + account.id())))
        .map(Fact::proof)
        .toList();
  }

  private Observation<Boolean> readAgain(AdAccount account, String level, Days days) {
    return product
        .coverage(account, level, days)
        .firstNotReadSince(2, days.each())
        .map(day ->
            Observation.<Boolean>notYet(
                "act_%s, %s level: %s was not read again".formatted(account.id(), level, day)))
        .orElseGet(() -> seen(true));
  }

  private boolean namesTheCause(ScheduleBlocked fact) {
    return fact.causes().stream()
        .anyMatch(cause ->
            cause.condition() == ConditionKind.AUTH_EXPIRED
                && cause.reason() == Reason.PASSWORD_CHANGED
                && isOurs(cause.connectionId()));
  }

  private Observation<String> blockedBy(JsonNode schedule) {
    for (var cause : schedule.path("causes")) {
      if (isOurs(cause.path("connectionId").asText())
          && schedule.path("state").asText().equals("BLOCKED")) {
        return seen(
            "%s, %s".formatted(cause.path("condition").asText(), cause.path("reason").asText()));
      }
    }
    return notYet(
        "schedule is %s with causes %s"
            .formatted(schedule.path("state").asText(), schedule.path("causes")));
  }

  private Fact<ScheduleResumed> resumed(AdAccount account) {
    return patience.until(() ->
        first(
            ScheduleResumed.class,
            fact -> isOf(account, fact.adAccountId().toString()) && isOurs(fact.viaConnectionId()),
            "no schedule.resumed of act_" + account.id()));
  }

  private static boolean isOf(AdAccount account, String adAccountId) {
    return adAccountId.equals(account.id());
  }

  // The notification.

  private Observation<JsonNode> onlyNotification(String state) {
    var found = product.notifications(connectionId, state);
    return found.size() == 1
        ? seen(found.getFirst())
        : notYet("%d notifications are %s".formatted(found.size(), state));
  }

  private boolean isOpening(NotificationRaised fact) {
    return isOurs(fact.connectionId()) && fact.state() == State.OPEN;
  }

  private boolean isResolving(NotificationRaised fact) {
    return isOurs(fact.connectionId()) && fact.state() == State.RESOLVED;
  }

  // The topics.

  private <E extends Event> Observation<Fact<E>> first(
      Class<E> type, Predicate<E> which, String otherwise) {
    return facts.all(type, which).stream()
        .findFirst()
        .map(Observation::seen)
        .orElseGet(() -> notYet(otherwise));
  }

  private <E extends Event> Observation<Fact<E>> only(
      Class<E> type, Predicate<E> which, String what) {
    var found = facts.all(type, which);
    return found.size() == 1
        ? seen(found.getFirst())
        : notYet("%d × %s".formatted(found.size(), what));
  }

  private static Observation<String> value(JsonNode json, String pointer, String wanted) {
    var value = json.at(pointer).asText();
    return value.equals(wanted)
        ? seen(value)
        : notYet("%s is %s".formatted(pointer.substring(1), value));
  }
}
