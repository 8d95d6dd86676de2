package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Pixel;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// People, ad accounts and pixels, as the caller may see them.
@Singleton
final class Nodes {

  private static final String BUSINESS = "business";

  private static final Fields<Caller> PERSON =
      new Fields<Caller>("User", "name", "id")
          .text("id", Caller::userId)
          .text("name", caller -> caller.person().name());

  private static final Fields<MetaApp> APP =
      new Fields<MetaApp>("Application", "id", "name")
          .text("id", MetaApp::id)
          .text("name", MetaApp::name);

  private static final Fields<Pixel> PIXEL =
      new Fields<Pixel>("AdsPixel", "id")
          .text("id", Pixel::id)
          .text("name", Pixel::name)
          .node(
              "is_unavailable", pixel -> JsonNodeFactory.instance.booleanNode(pixel.unavailable()));

  private final World world;
  private final Clock clock;
  private final Fields<AdAccount> adAccount;

  @Inject
  Nodes(World world, Clock clock) {
    this.world = world;
    this.clock = clock;
    this.adAccount = adAccountFields();
  }

  private Fields<AdAccount> adAccountFields() {
    var json = JsonNodeFactory.instance;
    return new Fields<AdAccount>("AdAccount", "account_id", "id")
        .text("id", account -> "act_" + account.id())
        .text("account_id", AdAccount::id)
        .text("name", AdAccount::name)
        .node("account_status", account -> json.numberNode(account.status().number()))
        .text("currency", AdAccount::currency)
        .text("timezone_name", AdAccount::timezone)
        .node("timezone_offset_hours_utc", account -> offset(account.offsetHours(clock.instant())))
        .node("disable_reason", account -> json.numberNode(account.status().disableReason()))
        .node("funding_source", Nodes::fundingSource)
        .node(BUSINESS, _ -> json.nullNode());
  }

  /// Left out where there is none.
  private static JsonNode fundingSource(AdAccount account) {
    var json = JsonNodeFactory.instance;
    return account.fundingSource().<JsonNode>map(json::textNode).orElse(json.nullNode());
  }

  /// Whole hours without a fraction.
  private static JsonNode offset(double hours) {
    var json = JsonNodeFactory.instance;
    return hours == Math.rint(hours) ? json.numberNode((int) hours) : json.numberNode(hours);
  }

  JsonNode person(GraphRequest request, Caller caller) {
    return PERSON.of(caller, PERSON.chosen(request));
  }

  JsonNode app(GraphRequest request, MetaApp app) {
    return APP.of(app, APP.chosen(request));
  }

  JsonNode permissions(Caller caller) {
    var answer = JsonNodeFactory.instance.objectNode();
    var data = answer.putArray("data");
    var grant = caller.grant();
    addPermissions(data, grant.granted(), "granted");
    addPermissions(data, grant.declined(), "declined");
    addPermissions(data, grant.expired(), "expired");
    return answer;
  }

  private static void addPermissions(ArrayNode data, Set<String> names, String status) {
    new TreeSet<>(names)
        .forEach(name -> data.addObject().put("permission", name).put("status", status));
  }

  JsonNode removeApp(Caller caller) {
    world.removeApp(caller.person().id(), caller.token().appId());
    return GraphJson.success();
  }

  JsonNode withdraw(Caller caller, String permission) {
    if (!caller.grant().granted().contains(permission)) {
      throw new GraphException(
          GraphError.invalidParameter("The user has not granted the permission " + permission));
    }
    world.withdraw(caller.person().id(), caller.token().appId(), permission);
    return GraphJson.success();
  }

  JsonNode adAccounts(GraphRequest request, Caller caller) {
    caller.mustReadAds();
    return adAccountPage(request, caller);
  }

  JsonNode ownedAdAccounts(GraphRequest request, Caller caller) {
    caller.mustManageBusiness();
    return adAccountPage(request, caller);
  }

  private JsonNode adAccountPage(GraphRequest request, Caller caller) {
    var fields = adAccountFields(request, caller);
    return Page.of(request, caller.adAccounts(), account -> adAccount(account, caller, fields));
  }

  JsonNode adAccount(GraphRequest request, Caller caller, AdAccount account) {
    return adAccount(account, caller, adAccountFields(request, caller));
  }

  /// Which business an account belongs to is shown to who may manage businesses.
  private List<String> adAccountFields(GraphRequest request, Caller caller) {
    var fields = adAccount.chosen(request);
    if (fields.contains(BUSINESS)) {
      caller.mustManageBusiness();
    }
    return fields;
  }

  private JsonNode adAccount(AdAccount account, Caller caller, List<String> fields) {
    var json = adAccount.of(account, fields);
    if (fields.contains(BUSINESS)) {
      var business = caller.person().business();
      json.putObject(BUSINESS).put("id", business.id()).put("name", business.name());
    }
    return json;
  }

  JsonNode pixel(GraphRequest request, Pixel pixel) {
    return PIXEL.of(pixel, PIXEL.chosen(request));
  }

  JsonNode pixels(GraphRequest request, List<Pixel> pixels) {
    var fields = PIXEL.chosen(request);
    return Page.of(request, pixels, pixel -> PIXEL.of(pixel, fields));
  }
}
