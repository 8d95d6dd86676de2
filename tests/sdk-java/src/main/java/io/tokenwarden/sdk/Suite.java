package io.tokenwarden.sdk;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APINode;
import com.facebook.ads.sdk.APINodeList;
import com.facebook.ads.sdk.APIRequest;
import com.facebook.ads.sdk.APIResponse;
import com.facebook.ads.sdk.Ad;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.AdReportRun;
import com.facebook.ads.sdk.AdSet;
import com.facebook.ads.sdk.AdsInsights;
import com.facebook.ads.sdk.BatchRequest;
import com.facebook.ads.sdk.Campaign;
import com.facebook.ads.sdk.Targeting;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/// Lists, makes, changes and deletes, reads insights at once and as a report, sends a batch,
/// uploads and meets an error. What came of it is written down, for the test that started it to
/// judge.
public final class Suite {

  private static final int PAGE = 3;
  private static final int BATCH = 50;
  private static final int MOST_POLLS = 20;
  private static final Gson JSON = new Gson();

  private final Order order;
  private final APIContext context;
  private final AdAccount account;
  private final JsonObject report = new JsonObject();

  private Suite(Order order) {
    this.order = order;
    // An application that has the app's secret proves it with every call. This one made one up:
    // what
    // counts is that the handle is good.
    var secret = UUID.randomUUID().toString();
    this.context =
        new APIContext(
            order.graph(),
            order.graph(),
            APIContext.DEFAULT_API_VERSION,
            order.handle(),
            secret,
            null,
            true);
    // It has asked which app it is, to report its crashes to Meta. Ours are nobody's concern.
    APIContext.disableCrashReport();
    this.account = new AdAccount(order.adAccount(), context);
  }

  public static void main(String[] arguments) throws Exception {
    var order = Order.of(System.getenv());
    var overheard = new Overheard();
    APIRequest.changeRequestExecutor(overheard);
    var report = new Suite(order).run();
    report.add("answers", JSON.toJsonTree(overheard.answers()));
    Files.writeString(order.report(), JSON.toJson(report));
    // The client of the SDK's futures keeps threads for a minute.
    System.exit(0);
  }

  private JsonObject run() throws APIException, IOException, InterruptedException {
    report.addProperty("app", context.getAppID());
    list();
    listByFuture();
    var campaign = make();
    change(campaign);
    insights();
    reportOfInsights();
    batch();
    upload();
    error();
    delete(campaign);
    return report;
  }

  private void list() throws APIException {
    report.add(
        "campaigns",
        pages(
            account.getCampaigns().setParam("limit", PAGE).requestNameField().execute(),
            Campaign::getId));
  }

  /// The SDK's futures go by another HTTP client.
  private void listByFuture() throws InterruptedException {
    try {
      var first = account.getCampaigns().requestNameField().executeAsync().get();
      report.add("futures", JSON.toJsonTree(first.stream().map(Campaign::getId).toList()));
    } catch (ExecutionException | APIException e) {
      throw new IllegalStateException(e);
    }
  }

  private Campaign make() throws APIException {
    var campaign =
        account
            .createCampaign()
            .setName("Made by the Java SDK: 50 % & more")
            .setObjective(Campaign.EnumObjective.VALUE_OUTCOME_SALES)
            .setStatus(Campaign.EnumStatus.VALUE_PAUSED)
            .setSpecialAdCategories(List.of(Campaign.EnumSpecialAdCategories.VALUE_NONE))
            .execute();
    var adSet =
        account
            .createAdSet()
            .setName("Ad set")
            .setCampaignId(campaign.getId())
            .setDailyBudget(2_000L)
            .setBillingEvent(AdSet.EnumBillingEvent.VALUE_IMPRESSIONS)
            .setOptimizationGoal(AdSet.EnumOptimizationGoal.VALUE_REACH)
            .setTargeting(new Targeting().setFieldAgeMin(21L))
            .setStatus(AdSet.EnumStatus.VALUE_PAUSED)
            .execute();
    var ad =
        account
            .createAd()
            .setName("Ad")
            .setAdsetId(adSet.getId())
            .setCreative("{\"creative_id\":\"1\"}")
            .setStatus(Ad.EnumStatus.VALUE_PAUSED)
            .execute();
    report.add("made", JSON.toJsonTree(List.of(campaign.getId(), adSet.getId(), ad.getId())));
    return campaign;
  }

  private void change(Campaign campaign) throws APIException {
    new Campaign(campaign.getId(), context).update().setName("Renamed – größer").execute();
    var read =
        new Campaign(campaign.getId(), context)
            .get()
            .requestNameField()
            .requestStatusField()
            .execute();
    report.addProperty("renamed", read.getFieldName());
  }

  private void delete(Campaign campaign) throws APIException {
    new Campaign(campaign.getId(), context).delete().execute();
  }

  private void insights() throws APIException {
    var asked =
        account
            .getInsights()
            .setLevel(AdsInsights.EnumLevel.VALUE_CAMPAIGN)
            .setTimeRange(days())
            .setTimeIncrement("1")
            .setParam("limit", PAGE);
    report.add("insights", pages(asked.requestFields(FIELDS).execute(), Suite::row));
  }

  private static final List<String> FIELDS = List.of("campaign_id", "impressions", "spend");

  private void reportOfInsights() throws APIException, InterruptedException {
    var started =
        account
            .getInsightsAsync()
            .setLevel(AdsInsights.EnumLevel.VALUE_CAMPAIGN)
            .setTimeRange(days())
            .setTimeIncrement("1")
            .setParam("fields", String.join(",", FIELDS))
            .execute();
    var run = completed(started.getRawResponseAsJsonObject().get("report_run_id").getAsString());
    report.add("report", pages(run.getInsights().setParam("limit", PAGE).execute(), Suite::row));
  }

  private AdReportRun completed(String id) throws APIException {
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      var run = new AdReportRun(id, context).get().execute();
      if ("Job Completed".equals(run.getFieldAsyncStatus())
          && run.getFieldAsyncPercentCompletion() == 100) {
        return run;
      }
    }
    throw new IllegalStateException("The report does not complete");
  }

  private String days() {
    return JSON.toJson(new Days(order.since(), order.until()));
  }

  private record Days(String since, String until) {}

  private static JsonObject row(AdsInsights insights) {
    var row = new JsonObject();
    row.addProperty("campaign_id", insights.getFieldCampaignId());
    row.addProperty("date_start", insights.getFieldDateStart());
    row.addProperty("impressions", insights.getFieldImpressions());
    row.addProperty("spend", insights.getFieldSpend());
    return row;
  }

  /// As many items as a batch may have: reads, one that fails, one that makes a campaign and one
  /// that makes an ad set in it.
  private void batch() throws APIException {
    var batch = new BatchRequest(context);
    for (int i = 0; i < BATCH - 3; i++) {
      account.getCampaigns().setParam("limit", 1).requestNameField().addToBatch(batch, "read" + i);
    }
    new Campaign("1", context).get().requestNameField().addToBatch(batch, "fails");
    account
        .createCampaign()
        .setName("Made in a batch: 50 %")
        .setStatus(Campaign.EnumStatus.VALUE_PAUSED)
        .addToBatch(batch, "made", false);
    account
        .createAdSet()
        .setName("Made in it")
        .setCampaignId("{result=made:$.id}")
        .addToBatch(batch, "within");
    var answers = new JsonArray();
    batch.execute().stream().map(APIResponse::getRawResponse).forEach(answers::add);
    report.add("batch", answers);
  }

  private void upload() throws APIException {
    var image = account.createAdImage().addUploadFile("source", order.image().toFile()).execute();
    report.addProperty("image", image.getFieldHash());
    var video = account.createAdVideo().addUploadFile("source", order.image().toFile()).execute();
    report.addProperty("video", video.getId());
  }

  private void error() {
    try {
      account.getCampaigns().requestField("no_such_field").execute();
    } catch (APIException e) {
      report.addProperty("error", e.getRawResponse());
      report.addProperty("errorHeaders", e.getHeader());
    }
  }

  /// Everything on all pages, by the addresses that the answers name, and how many there were.
  private static <T extends APINode> JsonObject pages(APINodeList<T> first, Function<T, ?> as)
      throws APIException {
    var all = new JsonArray();
    int count = 0;
    for (var page = first; page != null && !page.isEmpty(); page = page.nextPage()) {
      page.forEach(it -> all.add(JSON.toJsonTree(as.apply(it))));
      count++;
    }
    var pages = new JsonObject();
    pages.addProperty("pages", count);
    pages.add("all", all);
    return pages;
  }
}
