package io.tokenwarden.auth.handoff;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Where people reach us. Taken from configuration and never from a request: a Host header is
/// whatever its sender likes.
@ApplicationScoped
public class PublicAddress {
  private final String origin;

  @Inject
  PublicAddress(@ConfigProperty(name = "tokenwarden.public-url") URI publicUrl) {
    if (publicUrl.getHost() == null
        || (publicUrl.getPath() != null && publicUrl.getPath().length() > 1)) {
      throw new IllegalStateException("TOKENWARDEN_PUBLIC_URL is an origin, such as https://host");
    }
    this.origin = publicUrl.toString().replaceAll("/$", "");
  }

  public String origin() {
    return origin;
  }

  URI start(String ticket) {
    return URI.create(origin + "/auth/meta/start?ticket=" + ticket);
  }

  /// Where a person who was sent a link begins.
  URI reconnect(String ticket) {
    return URI.create(origin + "/auth/meta/reconnect?ticket=" + ticket);
  }

  /// Must be registered with the Meta app, byte for byte.
  URI callback() {
    return URI.create(origin + "/auth/meta/callback");
  }
}
