package io.tokenwarden.auth.callback;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A delivery of changes an app subscribed to: `{object, entry: [{id, uid?, time, changes: [{field,
/// value}]}]}`, up to 1,000 changes at once.
///
/// See [Webhooks](https://developers.facebook.com/docs/graph-api/webhooks/getting-started).
///
/// @param kind empty for an object that concerns us not
record Webhook(Optional<Kind> kind, List<Message> messages) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private static final Webhook NOT_OURS = new Webhook(Optional.empty(), List.of());

  /// @param body after its signature was believed
  /// @return empty if it is no delivery
  static Optional<Webhook> parse(String appId, byte[] body) {
    try {
      var delivery = JSON.readTree(body);
      return delivery.path("object").isTextual()
          ? Optional.of(of(appId, delivery))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Webhook of(String appId, JsonNode delivery) {
    return switch (delivery.path("object").asText()) {
      case "permissions" -> of(Kind.PERMISSIONS, appId, delivery);
      case "ad_account" -> of(Kind.AD_ACCOUNT, appId, delivery);
      default -> NOT_OURS;
    };
  }

  private static Webhook of(Kind kind, String appId, JsonNode delivery) {
    var messages =
        StreamSupport.stream(delivery.path("entry").spliterator(), false)
            .map(entry -> message(kind, appId, entry))
            .flatMap(Optional::stream)
            .toList();
    return new Webhook(Optional.of(kind), messages);
  }

  /// All changes of an entry are about one subject and come to one question. An entry that does not
  /// say whom it is about says nothing.
  private static Optional<Message> message(Kind kind, String appId, JsonNode entry) {
    var subject = entry.path("id").asText();
    var time = entry.path("time");
    if (!subject.matches("[0-9]{1,30}")
        || !time.canConvertToInt()
        || entry.path("changes").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Message(
            kind,
            appId,
            subject,
            Instant.ofEpochSecond(time.longValue()),
            entry.toString(),
            Optional.empty()));
  }
}
