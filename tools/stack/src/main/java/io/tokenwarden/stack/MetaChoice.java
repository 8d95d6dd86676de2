package io.tokenwarden.stack;

import java.util.Map;
import java.util.Optional;

/// Which Meta the stack talks to: its own twin, or the address given to `up`.
public sealed interface MetaChoice {

  /// The twin is started and knows one Meta app.
  record Twin(String appId, String appSecret) implements MetaChoice {
    @Override
    public String toString() {
      return "Twin[" + appId + ", ****]";
    }
  }

  /// Another stand-in, or Meta itself, with the variables as they were given.
  record Other() implements MetaChoice {}

  /// @throws StackException if the variables contradict each other
  static MetaChoice of(Map<String, String> environment, LocalSecrets secrets) {
    boolean graph = given(environment, "META_GRAPH_URL").isPresent();
    boolean dialog = given(environment, "META_DIALOG_URL").isPresent();
    var appId = given(environment, "META_APP_ID");
    var appSecret = given(environment, "META_APP_SECRET");
    if (graph != dialog) {
      throw new StackException(
          "META_GRAPH_URL and META_DIALOG_URL go together: set both, or none for the Meta twin");
    }
    if (appId.isPresent() != appSecret.isPresent()) {
      throw new StackException("META_APP_ID and META_APP_SECRET go together: set both, or none");
    }
    return graph
        ? new Other()
        : new Twin(appId.orElse(secrets.metaAppId()), appSecret.orElse(secrets.metaAppSecret()));
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /// Where Meta is, by variable. Another Meta's variables reach the services as they were given.
  default Map<String, String> addresses(String twinAddress) {
    return switch (this) {
      case Twin _ ->
          Map.of(
              "META_GRAPH_URL", twinAddress,
              "META_GRAPH_VIDEO_URL", twinAddress,
              "META_DIALOG_URL", twinAddress);
      case Other() -> Map.of();
    };
  }

  /// The Meta app, by variable.
  default Map<String, String> app() {
    return switch (this) {
      case Twin(var appId, var appSecret) ->
          Map.of("META_APP_ID", appId, "META_APP_SECRET", appSecret);
      case Other() -> Map.of();
    };
  }
}
