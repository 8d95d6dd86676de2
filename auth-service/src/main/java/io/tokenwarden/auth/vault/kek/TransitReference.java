package io.tokenwarden.auth.vault.kek;

import java.net.URI;
import java.util.regex.Pattern;

/// Where a key of HashiCorp Vault's Transit engine is: its address in Vault's own API, and where
/// the token lies that may use it.
///
/// @param address of the server, such as `https://vault.example:8200`
/// @param mount of the engine, such as `transit`
/// @param key its name
/// @param token `file:/path` or `env:NAME`
/// @param namespace null without one
record TransitReference(URI address, String mount, String key, String token, String namespace) {
  static final String FORM =
      "vault-transit:https://HOST:PORT/v1/transit/keys/NAME?token=file:/path (or token=env:NAME)"
          + "[&namespace=NS]";

  private static final Pattern PATH = Pattern.compile("/v1/(.+)/keys/([\\w.-]+)");

  /// @throws KekException if it has another form
  static TransitReference parse(String text) {
    try {
      return parse(URI.create(text));
    } catch (IllegalArgumentException _) {
      throw wrong();
    }
  }

  private static TransitReference parse(URI uri) {
    var path = PATH.matcher(String.valueOf(uri.getPath()));
    var http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null || !path.matches()) {
      throw wrong();
    }
    var token = parameter(uri, "token");
    if (token == null || !token.matches("(file:/|env:\\w).*")) {
      throw wrong();
    }
    var address = URI.create(uri.getScheme() + "://" + uri.getAuthority());
    return new TransitReference(
        address, path.group(1), path.group(2), token, parameter(uri, "namespace"));
  }

  private static String parameter(URI uri, String name) {
    var query = uri.getQuery() == null ? "" : uri.getQuery();
    for (var part : query.split("&")) {
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1);
      }
    }
    return null;
  }

  /// Without the reference: somebody may have written a token into it.
  private static KekException wrong() {
    return new KekException("A reference to HashiCorp Vault has the form " + FORM);
  }

  String url(String operation) {
    return address + "/v1/" + mount + "/" + operation + "/" + key;
  }

  @Override
  public String toString() {
    return mount + "/" + key + " at " + address;
  }
}
