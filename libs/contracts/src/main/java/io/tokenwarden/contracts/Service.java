package io.tokenwarden.contracts;

/// The services of the product, as they are named in topics, sources and consumer groups.
public enum Service {
  AUTH_SERVICE("auth-service"),
  GRAPH_GATEWAY("graph-gateway"),
  TOKEN_REFRESHER("token-refresher"),
  SYNC_WORKER("sync-worker"),
  NOTIFIER("notifier");

  private final String id;

  Service(String id) {
    this.id = id;
  }

  /// The name of the service wherever it is written down, such as `auth-service`.
  public String id() {
    return id;
  }

  /// Where the records land that this service could not process.
  public String deadLetterTopic() {
    return id + ".dlt";
  }

  /// Where this service alone reads replayed records.
  public String retryTopic() {
    return id + ".retry";
  }

  /// @throws IllegalArgumentException if no service has that name
  public static Service of(String id) {
    for (var service : values()) {
      if (service.id.equals(id)) {
        return service;
      }
    }
    throw new IllegalArgumentException("No service is called '" + id + "'");
  }
}
