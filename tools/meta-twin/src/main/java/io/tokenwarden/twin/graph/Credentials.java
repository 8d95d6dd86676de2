package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.MetaApp;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.TokenKind;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Decides whether a call's token and proof are good.
@Singleton
final class Credentials {

  private final World world;
  private final MetaApp app;
  private final Clock clock;

  @Inject
  Credentials(World world, MetaApp app, Clock clock) {
    this.world = world;
    this.app = app;
    this.clock = clock;
  }

  /// The person a call is made for.
  Caller caller(GraphRequest request) {
    var token = living(given(request), request.bearer());
    checkProof(request);
    return world
        .person(String.valueOf(token.personId()))
        .map(person -> new Caller(person, token))
        .orElseThrow(() -> new GraphException(GraphError.noToken()));
  }

  /// Passes if the call is made with a token of the app itself.
  void mustBeApp(GraphRequest request) {
    var value = given(request);
    if (!value.equals(app.token()) && living(value, request.bearer()).kind() != TokenKind.APP) {
      throw new GraphException(GraphError.appTokenNeeded());
    }
    checkProof(request);
  }

  /// The token of this value, if it lives; the error of its death or absence otherwise.
  IssuedToken living(Secret value, boolean bearer) {
    var token =
        world.token(value).orElseThrow(() -> new GraphException(GraphError.unknownToken(bearer)));
    var now = clock.instant();
    var cause = token.deathAt(now);
    if (cause.isPresent()) {
      throw new GraphException(GraphError.deadToken(token, cause.get(), app.id(), now));
    }
    return token;
  }

  private static Secret given(GraphRequest request) {
    if (request.credential() == null) {
      throw new GraphException(GraphError.noToken());
    }
    return request.credential();
  }

  private void checkProof(GraphRequest request) {
    var proof = request.parameter("appsecret_proof");
    if (proof.isPresent() && !isProof(proof.get(), request.credential())) {
      throw new GraphException(GraphError.wrongProof());
    }
  }

  private boolean isProof(String proof, Secret token) {
    return MessageDigest.isEqual(ascii(proof), ascii(proofOf(token)));
  }

  private String proofOf(Secret token) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(ascii(app.secret().reveal()), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(ascii(token.reveal())));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
