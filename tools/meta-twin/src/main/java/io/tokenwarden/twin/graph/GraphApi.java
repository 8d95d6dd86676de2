package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.twin.runs.ReportRun;
import io.tokenwarden.twin.runs.ReportRuns;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.AdObject;
import io.tokenwarden.twin.world.AdObjects;
import io.tokenwarden.twin.world.Business;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Pixel;
import io.tokenwarden.twin.world.TokenKind;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds out what a call is about and has it answered.
@Singleton
final class GraphApi {

  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern AD_ACCOUNT = Pattern.compile("act_\\d+");

  private final OAuth oauth;
  private final Inspection inspection;
  private final Credentials credentials;
  private final Nodes nodes;
  private final BusinessNodes businesses;
  private final SystemUsers systemUsers;
  private final AdNodes adNodes;
  private final AdObjects adObjects;
  private final InsightsNodes insights;
  private final ReportRuns runs;
  private final World world;
  private final Clock clock;

  @Inject
  GraphApi(
      OAuth oauth,
      Inspection inspection,
      Credentials credentials,
      Nodes nodes,
      BusinessNodes businesses,
      SystemUsers systemUsers,
      AdNodes adNodes,
      AdObjects adObjects,
      InsightsNodes insights,
      ReportRuns runs,
      World world,
      Clock clock) {
    this.oauth = oauth;
    this.inspection = inspection;
    this.credentials = credentials;
    this.nodes = nodes;
    this.businesses = businesses;
    this.systemUsers = systemUsers;
    this.adNodes = adNodes;
    this.adObjects = adObjects;
    this.insights = insights;
    this.runs = runs;
    this.world = world;
    this.clock = clock;
  }

  /// The answer of a call that succeeds; a [GraphException] for any other.
  JsonNode answer(GraphRequest request) {
    var ids = request.ids();
    return ids.isPresent() ? answers(request, ids.get()) : answerOne(request);
  }

  /// One answer by each id; none at all if one of them cannot be answered.
  private JsonNode answers(GraphRequest request, List<String> ids) {
    var answers = JsonNodeFactory.instance.objectNode();
    ids.forEach(id -> answers.set(id, answerOne(request.about(id))));
    return answers;
  }

  private JsonNode answerOne(GraphRequest request) {
    if (request.segments().isEmpty()) {
      throw new GraphException(GraphError.unknownPath(""));
    }
    return switch (String.join("/", request.segments())) {
      case "oauth/access_token" -> oauth.accessToken(request);
      case "oauth/revoke" -> oauth.revoke(request);
      case "debug_token" -> inspection.inspect(request);
      default -> asksForItself(request) ? itself(request) : answerOfNode(request);
    };
  }

  private JsonNode answerOfNode(GraphRequest request) {
    if (isCrashReport(request)) {
      return GraphJson.success();
    }
    var answer = answerFor(request, credentials.caller(request));
    return request.method().equals("GET")
        ? new NestedFields(request, this::answerOne).into(answer)
        : answer;
  }

  /// What SDKs tell Meta about themselves, with or without a token.
  private boolean isCrashReport(GraphRequest request) {
    return request.method().equals("POST")
        && request.edge().equals("instruments")
        && world.app(request.segments().getFirst()).isPresent();
  }

  /// Whether an app asks, with its own token, for the node that it is.
  private boolean asksForItself(GraphRequest request) {
    return request.method().equals("GET")
        && request.edge().isEmpty()
        && Optional.ofNullable(request.credential())
            .flatMap(credentials::literal)
            .filter(app -> app.id().equals(request.segments().getFirst()))
            .isPresent();
  }

  private JsonNode itself(GraphRequest request) {
    return nodes.app(request, credentials.callingApp(request));
  }

  private JsonNode answerFor(GraphRequest request, Caller caller) {
    var target = target(request, caller);
    mustHaveDataAccess(request, caller, target);
    if (writes(request, target)) {
      caller.mustBeLetWrite(clock.instant());
    }
    return switch (target) {
      case Target.Self _ -> person(request, caller);
      case Target.OfAdAccount(var account) -> adAccount(request, caller, account);
      case Target.OfAdObject(var account, var object) ->
          adObject(request, caller, account, object).orElseThrow(() -> unknown(request));
      case Target.OfReportRun(var account, var run) ->
          insights
              .run(request, account, run, subject(account, run.subject()))
              .orElseThrow(() -> unknown(request));
      case Target.OfPixel(var pixel) -> pixel(request, pixel);
      case Target.OfBusiness(var business) -> business(request, caller, business);
      case Target.OfPage(var page) -> page(request, caller, page);
      case Target.OfCatalog(var catalog) -> catalog(request, catalog);
      case Target.OfSystemUser(var user) -> systemUser(request, caller, user);
    };
  }

  private static boolean writes(GraphRequest request, Target target) {
    return (request.method().equals("POST") && !request.edge().equals(InsightsNodes.EDGE))
        || (request.method().equals("DELETE") && target instanceof Target.OfAdObject);
  }

  /// What the first part of the path names, if it is within the caller's reach.
  private Target target(GraphRequest request, Caller caller) {
    var id = request.segments().getFirst();
    if (AD_ACCOUNT.matcher(id).matches()) {
      return new Target.OfAdAccount(
          caller.adAccount(request.method(), id.substring("act_".length())));
    }
    if (id.equals("me") || id.equals(caller.userId())) {
      return caller.token().kind() == TokenKind.PAGE
          ? new Target.OfPage(caller.person().business().page())
          : new Target.Self();
    }
    return assets(id, caller)
        .findFirst()
        .orElseThrow(() ->
            new GraphException(
                DIGITS.matcher(id).matches()
                    ? GraphError.unknownObject(request.method(), id)
                    : GraphError.unknownAlias(id)));
  }

  private Stream<Target> assets(String id, Caller caller) {
    var person = caller.person();
    return Stream.of(
            caller.pixel(id).map(Target.OfPixel::new),
            adObject(id, caller),
            reportRun(id, caller),
            caller.businesses().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(Target.OfBusiness::new),
            caller.pages().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(Target.OfPage::new),
            caller.catalogs().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(Target.OfCatalog::new),
            world.systemUser(id, person.business()).map(Target.OfSystemUser::new))
        .<Target>flatMap(Optional::stream);
  }

  private Optional<Target> adObject(String id, Caller caller) {
    return caller
        .readableAdAccounts()
        .<Target>flatMap(account ->
            adObjects.in(account, id).map(it -> new Target.OfAdObject(account, it)).stream())
        .findFirst();
  }

  private Optional<Target> reportRun(String id, Caller caller) {
    return runs.of(id)
        .flatMap(run ->
            caller
                .readableAdAccounts()
                .filter(account -> account.id().equals(run.accountId()))
                .findFirst()
                .map(account -> new Target.OfReportRun(account, run)));
  }

  /// Who the person is and what they granted can be read for as long as the token lives.
  private void mustHaveDataAccess(GraphRequest request, Caller caller, Target target) {
    var edge = request.edge();
    var aboutSelf =
        target instanceof Target.Self && (edge.isEmpty() || edge.startsWith("permissions"));
    if (!aboutSelf && caller.token().isDataAccessOver(clock.instant())) {
      throw new GraphException(GraphError.dataAccessOver());
    }
  }

  private JsonNode person(GraphRequest request, Caller caller) {
    if (request.method().equals("DELETE") && request.edge().startsWith("permissions/")) {
      return nodes.withdraw(caller, request.edge().substring("permissions/".length()));
    }
    return switch (request.method() + " " + request.edge()) {
      case "GET " -> nodes.person(request, caller);
      case "GET permissions" -> nodes.permissions(caller);
      case "DELETE permissions" -> nodes.removeApp(caller);
      case "GET adaccounts" -> nodes.adAccounts(request, caller);
      case "GET businesses" -> businesses.businesses(request, caller);
      case "GET accounts" -> businesses.pages(request, caller);
      case "POST access_tokens" -> ownToken(request, caller);
      default -> throw unknown(request);
    };
  }

  /// A system user that may manage the business makes tokens for itself; a person logs in.
  private JsonNode ownToken(GraphRequest request, Caller caller) {
    if (!caller.person().systemUser()) {
      throw unknown(request);
    }
    return systemUsers.issue(request, caller, caller.person());
  }

  private JsonNode adAccount(GraphRequest request, Caller caller, AdAccount account) {
    return switch (request.method() + " " + request.edge()) {
      case "GET " -> nodes.adAccount(request, caller, account);
      case "GET adspixels" -> nodes.pixels(request, caller.pixels(account));
      case "POST subscribed_apps" -> GraphJson.success();
      default -> edge(request, caller, account).orElseThrow(() -> unknown(request));
    };
  }

  private Optional<JsonNode> edge(GraphRequest request, Caller caller, AdAccount account) {
    return request.edge().equals(InsightsNodes.EDGE)
        ? insights.edge(request, account, InsightsNodes.Subject.ACCOUNT)
        : adNodes.edge(request, caller, account);
  }

  private Optional<JsonNode> adObject(
      GraphRequest request, Caller caller, AdAccount account, AdObject object) {
    return request.edge().equals(InsightsNodes.EDGE)
        ? InsightsNodes.Subject.of(object).flatMap(it -> insights.edge(request, account, it))
        : adNodes.node(request, caller, account, object);
  }

  private InsightsNodes.Subject subject(AdAccount account, String id) {
    return adObjects
        .in(account, id)
        .flatMap(InsightsNodes.Subject::of)
        .orElse(InsightsNodes.Subject.ACCOUNT);
  }

  private JsonNode pixel(GraphRequest request, Pixel pixel) {
    mustBeGet(request);
    return nodes.pixel(request, pixel);
  }

  private JsonNode business(GraphRequest request, Caller caller, Business business) {
    return switch (request.method() + " " + request.edge()) {
      case "GET " -> businesses.business(request, caller, business);
      case "GET owned_product_catalogs" -> businesses.catalogs(request, caller);
      case "GET owned_ad_accounts" -> nodes.ownedAdAccounts(request, caller);
      default -> throw unknown(request);
    };
  }

  private JsonNode page(GraphRequest request, Caller caller, Business.Page page) {
    mustBeGet(request);
    return businesses.page(request, caller, page);
  }

  private JsonNode catalog(GraphRequest request, Business.Catalog catalog) {
    mustBeGet(request);
    return businesses.catalog(request, catalog);
  }

  private JsonNode systemUser(GraphRequest request, Caller caller, Person user) {
    return switch (request.method() + " " + request.edge()) {
      case "POST applications" -> systemUsers.install(request, caller, user);
      case "POST access_tokens" -> systemUsers.issue(request, caller, user);
      case "DELETE access_tokens" -> systemUsers.revokeAll(caller, user);
      default -> throw unknown(request);
    };
  }

  private static void mustBeGet(GraphRequest request) {
    if (!request.method().equals("GET") || !request.edge().isEmpty()) {
      throw unknown(request);
    }
  }

  private static GraphException unknown(GraphRequest request) {
    return new GraphException(
        request.method().equals("GET")
            ? GraphError.unknownPath(request.edge())
            : GraphError.unknownObject(request.method(), request.segments().getFirst()));
  }

  /// What a call is about.
  private sealed interface Target {

    /// The person the token belongs to.
    record Self() implements Target {}

    record OfAdAccount(AdAccount account) implements Target {}

    record OfAdObject(AdAccount account, AdObject object) implements Target {}

    record OfReportRun(AdAccount account, ReportRun run) implements Target {}

    record OfPixel(Pixel pixel) implements Target {}

    record OfBusiness(Business business) implements Target {}

    record OfPage(Business.Page page) implements Target {}

    record OfCatalog(Business.Catalog catalog) implements Target {}

    record OfSystemUser(Person user) implements Target {}
  }
}
