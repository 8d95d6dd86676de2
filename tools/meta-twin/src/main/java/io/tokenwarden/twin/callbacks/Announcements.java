package io.tokenwarden.twin.callbacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.callbacks.Delivery.Kind;
import io.tokenwarden.twin.graph.GraphJson;
import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Callbacks;
import io.tokenwarden.twin.world.Happening;
import io.tokenwarden.twin.world.Happening.AdsStopped;
import io.tokenwarden.twin.world.Happening.AppRemoved;
import io.tokenwarden.twin.world.Happening.DeletionAsked;
import io.tokenwarden.twin.world.Happening.PermissionChanged;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.World;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Puts happenings into the words Meta has for them, for each app that wants to know.
@Singleton
final class Announcements {

  private final World world;
  private final Courier courier;
  private final Clock clock;

  @Inject
  Announcements(World world, Courier courier, Clock clock) {
    this.world = world;
    this.courier = courier;
    this.clock = clock;
  }

  void announce(@Observes Happening happening) {
    switch (happening) {
      case AppRemoved(var person, var app) -> removed(userId(person, app), app(app));
      case PermissionChanged(var person, var app, var permission, var granted) ->
          permission(userId(person, app), app(app), permission, granted ? "granted" : "revoked");
      case DeletionAsked(var person, var app) ->
          sign(userId(person, app), app(app), Kind.DATA_DELETION);
      case AdsStopped(var account) -> world.apps().forEach(app -> adsStopped(account, app));
    }
  }

  private void removed(String userId, MetaApp app) {
    sign(userId, app, Kind.DEAUTHORIZE);
    permission(userId, app, "connected", "disconnected");
  }

  private void sign(String userId, MetaApp app, Kind kind) {
    var payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("user_id", userId)
            .put("algorithm", "HMAC-SHA256")
            .put("issued_at", clock.instant().getEpochSecond());
    courier.take(app, kind, address(app.callbacks(), kind), GraphJson.write(payload));
  }

  private static String address(Callbacks callbacks, Kind kind) {
    return switch (kind) {
      case DEAUTHORIZE -> callbacks.deauthorizeUrl();
      case DATA_DELETION -> callbacks.dataDeletionUrl();
      case WEBHOOK -> callbacks.webhookUrl();
    };
  }

  private void permission(String userId, MetaApp app, String field, String verb) {
    var value = JsonNodeFactory.instance.objectNode().put("verb", verb);
    value.putArray("target_ids");
    var entry = JsonNodeFactory.instance.objectNode().put("id", userId).put("uid", userId);
    webhook(app, "permissions", entry, field, value);
  }

  private void adsStopped(String accountId, MetaApp app) {
    var installed =
        world.everybody().stream()
            .filter(person -> person.grant(app.id()).isPresent())
            .filter(person -> person.reaches(accountId))
            .flatMap(person -> person.adAccount(accountId).stream())
            .findFirst();
    installed.ifPresent(account -> {
      var entry = JsonNodeFactory.instance.objectNode().put("id", accountId);
      webhook(app, "ad_account", entry, "with_issues_ad_objects", issue(account));
    });
  }

  private static ObjectNode issue(AdAccount account) {
    var ad =
        account.campaigns().stream()
            .findFirst()
            .map(campaign -> campaign.ads().getFirst().id())
            .orElse(account.id());
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", ad)
        .put("level", "AD")
        .put("error_code", Integer.toString(account.status().number()))
        .put("error_summary", "Ad account trouble")
        .put("error_message", "The ads of “" + account.name() + "” are not running.");
  }

  private void webhook(MetaApp app, String object, ObjectNode entry, String field, JsonNode value) {
    entry.put("time", clock.instant().getEpochSecond());
    entry.putArray("changes").addObject().put("field", field).set("value", value);
    var body = JsonNodeFactory.instance.objectNode().put("object", object);
    body.putArray("entry").add(entry);
    courier.take(app, Kind.WEBHOOK, app.callbacks().webhookUrl(), GraphJson.write(body));
  }

  private String userId(String personId, String appId) {
    return world.userId(world.person(personId).orElseThrow(), appId);
  }

  private MetaApp app(String appId) {
    return world.app(appId).orElseThrow();
  }
}
