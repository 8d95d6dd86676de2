package io.tokenwarden.twin.control;

import io.tokenwarden.twin.world.Callbacks;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;

/// Body of `PUT /twin/apps/{id}/callbacks`: every address an app has, null for none.
public record CallbacksOrder(
    String deauthorizeUrl, String dataDeletionUrl, String webhookUrl, String webhookVerifyToken) {

  Callbacks callbacks(boolean held) {
    return new Callbacks(deauthorizeUrl, dataDeletionUrl, webhookUrl, held);
  }

  /// @throws IllegalArgumentException if nobody can be called there
  void mustBeAddresses() {
    Stream.of(deauthorizeUrl, dataDeletionUrl, webhookUrl)
        .filter(Objects::nonNull)
        .forEach(CallbacksOrder::mustBeAddress);
  }

  private static void mustBeAddress(String url) {
    var address = URI.create(url);
    if (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?")) {
      throw new IllegalArgumentException("an address begins with http:// or https://");
    }
  }

  @Override
  public String toString() {
    return "CallbacksOrder[****]";
  }
}
