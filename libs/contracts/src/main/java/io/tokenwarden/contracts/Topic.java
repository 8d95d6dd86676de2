package io.tokenwarden.contracts;

import static io.tokenwarden.contracts.Service.AUTH_SERVICE;
import static io.tokenwarden.contracts.Service.GRAPH_GATEWAY;
import static io.tokenwarden.contracts.Service.NOTIFIER;
import static io.tokenwarden.contracts.Service.SYNC_WORKER;
import static io.tokenwarden.contracts.Service.TOKEN_REFRESHER;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The topics that carry facts: who writes each, who reads it, and whether only the latest state of
/// a key is kept. [TopicSpec#all] adds the topics that every service has for itself.
public enum Topic {
  TOKEN_HEALTH(
      "token.health",
      Kept.LATEST,
      AUTH_SERVICE,
      GRAPH_GATEWAY,
      TOKEN_REFRESHER,
      SYNC_WORKER,
      NOTIFIER),
  TOKEN_CONNECTED(
      "token.connected", Kept.HISTORY, AUTH_SERVICE, TOKEN_REFRESHER, SYNC_WORKER, NOTIFIER),
  TOKEN_REFRESHED("token.refreshed", Kept.HISTORY, AUTH_SERVICE, NOTIFIER),
  TOKEN_REFRESH_FAILED("token.refresh-failed", Kept.HISTORY, AUTH_SERVICE, NOTIFIER),
  TOKEN_EXPIRING("token.expiring", Kept.HISTORY, AUTH_SERVICE, NOTIFIER),
  TOKEN_EXPIRED("token.expired", Kept.HISTORY, AUTH_SERVICE, SYNC_WORKER, NOTIFIER),
  TOKEN_INACTIVE("token.inactive", Kept.HISTORY, AUTH_SERVICE, SYNC_WORKER, NOTIFIER),
  TOKEN_DISCONNECTED("token.disconnected", Kept.HISTORY, AUTH_SERVICE, NOTIFIER),
  SCOPE_MISSING("scope.missing", Kept.HISTORY, AUTH_SERVICE, SYNC_WORKER, NOTIFIER),
  SCOPE_RESTORED("scope.restored", Kept.HISTORY, AUTH_SERVICE, SYNC_WORKER, NOTIFIER),
  ASSET_HEALTH(
      "asset.health",
      Kept.LATEST,
      AUTH_SERVICE,
      GRAPH_GATEWAY,
      TOKEN_REFRESHER,
      SYNC_WORKER,
      NOTIFIER),
  ASSET_AVAILABLE("asset.available", Kept.HISTORY, AUTH_SERVICE, NOTIFIER),
  ASSET_UNAVAILABLE("asset.unavailable", Kept.HISTORY, AUTH_SERVICE, NOTIFIER),
  APP_BLOCKED(
      "app.blocked",
      Kept.HISTORY,
      AUTH_SERVICE,
      GRAPH_GATEWAY,
      TOKEN_REFRESHER,
      SYNC_WORKER,
      NOTIFIER),
  APP_RESTORED(
      "app.restored",
      Kept.HISTORY,
      AUTH_SERVICE,
      GRAPH_GATEWAY,
      TOKEN_REFRESHER,
      SYNC_WORKER,
      NOTIFIER),
  HANDLE_REVOKED("handle.revoked", Kept.HISTORY, AUTH_SERVICE, GRAPH_GATEWAY),
  TOKEN_SUSPECTED("token.suspected", Kept.HISTORY, GRAPH_GATEWAY, AUTH_SERVICE),
  GRAPH_THROTTLED(
      "graph.throttled", Kept.HISTORY, GRAPH_GATEWAY, AUTH_SERVICE, SYNC_WORKER, NOTIFIER),
  SCHEDULE_BLOCKED("schedule.blocked", Kept.HISTORY, SYNC_WORKER, NOTIFIER),
  SCHEDULE_RESUMED("schedule.resumed", Kept.HISTORY, SYNC_WORKER, NOTIFIER),
  INSIGHTS_SYNCED("insights.synced", Kept.HISTORY, SYNC_WORKER, NOTIFIER),
  NOTIFICATION_RAISED("notification.raised", Kept.HISTORY, NOTIFIER);

  /// What Kafka keeps of a key: its latest record for ever, or all records for a while.
  private enum Kept {
    LATEST,
    HISTORY
  }

  private final String topicName;
  private final Kept kept;
  private final Service producer;
  private final Set<Service> consumers;

  Topic(String topicName, Kept kept, Service producer, Service... consumers) {
    this.topicName = topicName;
    this.kept = kept;
    this.producer = producer;
    this.consumers = EnumSet.noneOf(Service.class);
    this.consumers.addAll(Arrays.asList(consumers));
  }

  /// The name in Kafka, such as `token.health`.
  public String topicName() {
    return topicName;
  }

  /// Whether Kafka keeps the latest record of each key for ever (and a null value deletes it).
  public boolean compacted() {
    return kept == Kept.LATEST;
  }

  /// The only service that writes here.
  public Service producer() {
    return producer;
  }

  /// The services that read here.
  public Set<Service> consumers() {
    return EnumSet.copyOf(consumers.isEmpty() ? EnumSet.noneOf(Service.class) : consumers);
  }

  /// The CloudEvents type of the facts on this topic.
  public String eventType() {
    return "io.tokenwarden." + topicName + ".v1";
  }

  /// The CloudEvents `dataschema`, equal to the `$id` of the published JSON schema.
  public String dataSchema() {
    return "urn:tokenwarden:schema:" + topicName + ".v1";
  }

  public static Optional<Topic> ofEventType(String eventType) {
    return Arrays.stream(values()).filter(t -> t.eventType().equals(eventType)).findFirst();
  }

  public static Optional<Topic> ofName(String topicName) {
    return Arrays.stream(values()).filter(t -> t.topicName.equals(topicName)).findFirst();
  }

  /// The topics a service subscribes to, in the order of this table.
  public static List<Topic> readBy(Service service) {
    return Arrays.stream(values()).filter(t -> t.consumers.contains(service)).toList();
  }
}
