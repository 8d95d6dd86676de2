package io.tokenwarden.twin.dialog;

import io.tokenwarden.twin.world.Challenge;
import io.tokenwarden.twin.world.MetaApp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the app asks for, as it wrote it into the address of the dialog. It travels through the
/// consent form as a whole, so the twin keeps nothing between page and answer.
///
/// @param scope the permissions named in the address
/// @param configId Login for Business: a configuration names the permissions, and a person grants
///   all of them or none
/// @param rerequest whether permissions the person declined before are asked for again
/// @param challenge null without PKCE
record DialogRequest(
    String query,
    String clientId,
    String redirectUri,
    String state,
    List<String> scope,
    String configId,
    boolean rerequest,
    Challenge challenge) {

  /// Granted to every app that is installed.
  static final String PUBLIC_PROFILE = "public_profile";

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
        scopes(parameters.get("scope")),
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

  /// The permissions asked for: those of the configuration, where one is named.
  ///
  /// @throws DialogException if the app has no such configuration
  List<String> scopes(MetaApp app) {
    if (configId == null) {
      return scope;
    }
    return Optional.ofNullable(app.loginConfigs().get(configId))
        .map(scopes -> scopes.stream().sorted().toList())
        .orElseThrow(() ->
            new DialogException("Invalid config_id: the app has no such login configuration."));
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
