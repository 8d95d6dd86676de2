package io.tokenwarden.system.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Base64;
import java.util.function.Consumer;

/// Makes bearers that are almost right: with the issuer's own key, or with none.
final class Forge {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final PrivateKey key;

  /// @param jsonWebKey where the local issuer keeps its signing key
  Forge(Path jsonWebKey) throws IOException, GeneralSecurityException {
    var jwk = JSON.readTree(jsonWebKey.toFile());
    this.key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d")));
  }

  private static BigInteger number(JsonNode jwk, String member) {
    return new BigInteger(1, DECODER.decode(jwk.get(member).asText()));
  }

  /// The same bearer with other claims, signed by the issuer's key.
  String with(String bearer, Consumer<ObjectNode> change)
      throws IOException, GeneralSecurityException {
    var parts = bearer.split("\\.");
    var claims = (ObjectNode) JSON.readTree(DECODER.decode(parts[1]));
    change.accept(claims);
    var content = parts[0] + "." + ENCODER.encodeToString(claims.toString().getBytes(UTF_8));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(content.getBytes(UTF_8));
    return content + "." + ENCODER.encodeToString(signature.sign());
  }

  /// The same claims under the algorithm `none`.
  static String unsigned(String bearer) {
    var header = ENCODER.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    return header + "." + bearer.split("\\.")[1] + ".";
  }

  /// The same bearer with a signature of something else.
  static String tampered(String bearer) {
    var parts = bearer.split("\\.");
    return parts[0] + "." + parts[1] + "." + ENCODER.encodeToString(new byte[256]);
  }
}
