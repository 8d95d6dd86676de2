package io.tokenwarden.twin.dialog;

import io.tokenwarden.twin.world.Challenge;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the app asks for, as it wrote it into the address of the dialog. It travels through the
/// consent form as a whole, so the twin keeps nothing between page and answer.
///
/// @param configId Login for Business: a configuration names the permissions, and a person grants
///   all of them or none
/// @param rerequest whether permissions the person declined before are asked for again
/// @param challenge null without PKCE
record DialogRequest(
    String query,
    String clientId,
    String redirectUri,
    String state,
    List<String> scopes,
    String configId,
    boolean rerequest,
    Challenge challenge) {

  /// Granted to every app that is installed.
  static final String PUBLIC_PROFILE = "public_profile";

  /// What every configuration of this twin asks for.
  private static final List<String> CONFIGURED =
      List.of("ads_read", "ads_management", "business_management");

  /// @param query the raw query string
  /// @throws DialogException if the app asks for something Meta would not show a dialog for
  static DialogRequest parse(String query) {
    var parameters = Query.parse(query);
    var configId = parameters.get("config_id");
    return new DialogRequest(
        query,
        parameters.get("client_id"),
        redirectUri(parameters.get("redirect_uri")),
        parameters.get("state"),
        configId == null ? scopes(parameters.get("scope")) : CONFIGURED,
        configId,
        List.of(parameters.getOrDefault("auth_type", "").split(",")).contains("rerequest"),
        challenge(
            parameters.get("code_challenge"),
            parameters.getOrDefault("code_challenge_method", "plain")));
  }

  static DialogRequest decode(String text) {
    try {
      return parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      throw new DialogException("The form is not one this dialog made.");
    }
  }

  String encoded() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(query.getBytes(StandardCharsets.UTF_8));
  }

  boolean allOrNothing() {
    return configId != null;
  }

  private static String redirectUri(String uri) {
    if (uri == null || !(uri.startsWith("https://") || uri.startsWith("http://"))) {
      throw new DialogException(
          "The parameter redirect_uri is required, an http or https address.");
    }
    return uri;
  }

  private static List<String> scopes(String scope) {
    return Stream.of(Optional.ofNullable(scope).orElse("").split("[, ]+"))
        .filter(name -> !name.isEmpty() && !name.equals(PUBLIC_PROFILE))
        .distinct()
        .toList();
  }

  private static Challenge challenge(String value, String method) {
    if (value == null) {
      return null;
    }
    return switch (method) {
      case "S256" -> new Challenge(value, Challenge.Method.S256);
      case "plain" -> new Challenge(value, Challenge.Method.PLAIN);
      default -> throw new DialogException("The parameter code_challenge_method is S256 or plain.");
    };
  }
}
