package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.twin.insights.Report;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;
import io.tokenwarden.twin.world.Pixel;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;

/// People, ad accounts, campaigns and insights, as the caller may see them.
@Singleton
final class Nodes {

  private static final Fields<Caller> PERSON =
      new Fields<Caller>("User", "name", "id")
          .text("id", Caller::userId)
          .text("name", caller -> caller.person().name());

  private static final Fields<Campaign> CAMPAIGN =
      new Fields<Campaign>("Campaign", "id")
          .text("id", Campaign::id)
          .text("name", Campaign::name)
          .text("status", _ -> "ACTIVE")
          .text("effective_status", _ -> "ACTIVE")
          .text("objective", _ -> "OUTCOME_SALES");

  private static final Fields<Pixel> PIXEL =
      new Fields<Pixel>("AdsPixel", "id")
          .text("id", Pixel::id)
          .text("name", Pixel::name)
          .node("is_unavailable", _ -> JsonNodeFactory.instance.booleanNode(false));

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
        .node("timezone_offset_hours_utc", account -> offset(account.offsetHours(clock.instant())));
  }

  /// Whole hours without a fraction.
  private static JsonNode offset(double hours) {
    var json = JsonNodeFactory.instance;
    return hours == Math.rint(hours) ? json.numberNode((int) hours) : json.numberNode(hours);
  }

  JsonNode person(GraphRequest request, Caller caller) {
    return PERSON.of(caller, PERSON.chosen(request));
  }

  JsonNode permissions(Caller caller) {
    var answer = JsonNodeFactory.instance.objectNode();
    var data = answer.putArray("data");
    new TreeSet<>(caller.grant().granted())
        .forEach(name -> data.addObject().put("permission", name).put("status", "granted"));
    new TreeSet<>(caller.grant().declined())
        .forEach(name -> data.addObject().put("permission", name).put("status", "declined"));
    return answer;
  }

  JsonNode removeApp(Caller caller) {
    world.removeApp(caller.person().id(), caller.token().appId());
    return JsonNodeFactory.instance.objectNode().put("success", true);
  }

  JsonNode adAccounts(GraphRequest request, Caller caller) {
    caller.mustReadAds();
    var fields = adAccount.chosen(request);
    return Page.of(
        request, caller.person().reachableAdAccounts(), account -> adAccount.of(account, fields));
  }

  JsonNode adAccount(GraphRequest request, AdAccount account) {
    return adAccount.of(account, adAccount.chosen(request));
  }

  JsonNode pixel(GraphRequest request, Pixel pixel) {
    return PIXEL.of(pixel, PIXEL.chosen(request));
  }

  JsonNode pixels(GraphRequest request, List<Pixel> pixels) {
    var fields = PIXEL.chosen(request);
    return Page.of(request, pixels, pixel -> PIXEL.of(pixel, fields));
  }

  JsonNode campaigns(GraphRequest request, AdAccount account) {
    var fields = CAMPAIGN.chosen(request);
    return Page.of(request, account.campaigns(), campaign -> CAMPAIGN.of(campaign, fields));
  }

  JsonNode insights(GraphRequest request, AdAccount account) {
    var query = InsightsQuery.of(request, account.today(clock.instant()));
    var fields =
        InsightsFields.chosen(request).stream()
            .filter(field -> InsightsFields.isOf(query.level(), field))
            .toList();
    var rows = new Report(account).rows(query.level(), query.periods());
    return Page.of(request, rows, row -> InsightsFields.json(row, fields));
  }
}
