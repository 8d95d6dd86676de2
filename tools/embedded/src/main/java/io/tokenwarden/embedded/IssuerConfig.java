package io.tokenwarden.embedded;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Who gets which claims from the local issuer, by client id:
///
/// | client | claims |
/// |---|---|
/// | `token-refresher`, `sync-worker` | role `service`, all workspaces |
/// | `graph-gateway` | role `gateway`, all workspaces |
/// | `notifier` | who signs in at the console: roles `viewer operator`, workspace `demo` |
/// | `cli` | subject, roles and workspaces as the request asks |
///
/// Everybody else gets a token without roles.
final class IssuerConfig {

  /// The path that is the issuer's name.
  static final String ISSUER = "tokenwarden";

  static final String AUDIENCE = "tokenwarden";
  static final String CLI = "cli";

  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private IssuerConfig() {}

  /// Writes the configuration and, the first time, the signing key; both for the owner's eyes only.
  static Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      var config = folder.resolve("config.json");
      writeOwnerOnly(config, JSON.writeValueAsString(config(signingKey(folder))));
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the issuer's configuration in " + folder, e);
    }
  }

  private static Map<String, Object> config(String signingKey) {
    return Map.of(
        "interactiveLogin",
        false,
        "httpServer",
        "NettyWrapper",
        "tokenProvider",
        Map.of("keyProvider", Map.of("initialKeys", signingKey, "algorithm", "RS256")),
        "tokenCallbacks",
        List.of(
            Map.of(
                "issuerId", ISSUER,
                "tokenExpiry", TOKEN_LIFE.toSeconds(),
                "requestMappings", clients())));
  }

  private static List<Map<String, Object>> clients() {
    return List.of(
        client(CLI, "${sub}", "${groups}", "${workspaces}"),
        client("token-refresher", "token-refresher", "service", "*"),
        client("sync-worker", "sync-worker", "service", "*"),
        client("graph-gateway", "graph-gateway", "gateway", "*"),
        client("notifier", "local-user", "viewer operator", "demo"));
  }

  /// The client is among the audience because the same claims go into the id token of a sign-in.
  private static Map<String, Object> client(
      String id, String subject, String roles, String workspaces) {
    return Map.of(
        "requestParam",
        "client_id",
        "match",
        id,
        "claims",
        Map.of(
            "sub", subject,
            "aud", List.of(AUDIENCE, id),
            "preferred_username", subject,
            "groups", roles,
            "workspaces", workspaces));
  }

  private static String signingKey(Path folder) throws IOException {
    var file = folder.resolve("signing-key.json");
    if (!Files.exists(file)) {
      writeOwnerOnly(file, newKey());
    }
    return Files.readString(file);
  }

  /// A private key as a JSON Web Key (RFC 7517).
  private static String newKey() throws JsonProcessingException {
    var key = (RSAPrivateCrtKey) generator().generateKeyPair().getPrivate();
    return JSON.writeValueAsString(
        Map.ofEntries(
            entry("kty", "RSA"),
            entry("use", "sig"),
            entry("alg", "RS256"),
            entry("kid", ISSUER),
            entry("n", number(key.getModulus())),
            entry("e", number(key.getPublicExponent())),
            entry("d", number(key.getPrivateExponent())),
            entry("p", number(key.getPrimeP())),
            entry("q", number(key.getPrimeQ())),
            entry("dp", number(key.getPrimeExponentP())),
            entry("dq", number(key.getPrimeExponentQ())),
            entry("qi", number(key.getCrtCoefficient()))));
  }

  private static KeyPairGenerator generator() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no RSA", e);
    }
  }

  /// Unsigned, big-endian, base64url without padding.
  private static String number(BigInteger value) {
    var bytes = value.toByteArray();
    int signBytes = bytes[0] == 0 ? 1 : 0;
    var unsigned = Arrays.copyOfRange(bytes, signBytes, bytes.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
  }

  private static void writeOwnerOnly(Path file, String content) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    Files.deleteIfExists(file);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    Files.writeString(file, content);
  }
}
