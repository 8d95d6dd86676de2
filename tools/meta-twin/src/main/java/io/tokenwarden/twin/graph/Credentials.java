package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.MetaApp;
import io.tokenwarden.twin.world.Checkpoint;
import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.Person;
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
import java.util.Optional;
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
    if (value.equals(app.token())) {
      appMustStand();
    } else if (living(value, request.bearer()).kind() != TokenKind.APP) {
      throw new GraphException(GraphError.appTokenNeeded());
    }
    checkProof(request);
  }

  /// Passes while Meta serves the app at all.
  void appMustStand() {
    switch (world.app()) {
      case WELL -> {}
      case BLOCKED -> throw new GraphException(GraphError.appBlocked());
      case DELETED -> throw new GraphException(GraphError.unknownApp());
    }
  }

  /// The token of this value, if it is served; the error that says why not otherwise.
  IssuedToken living(Secret value, boolean bearer) {
    var token = world.token(value).orElseThrow(() -> new GraphException(unknown(value, bearer)));
    appMustStand();
    var error = errorOf(token);
    if (error.isPresent()) {
      throw new GraphException(error.get());
    }
    return token;
  }

  /// An app token with another secret is told apart from nonsense.
  private GraphError unknown(Secret value, boolean bearer) {
    return value.reveal().startsWith(app.id() + "|")
        ? GraphError.unknownApp()
        : GraphError.unknownToken(bearer);
  }

  /// Why calls with the token fail now: its death, or a checkpoint its person has to pass. Empty
  /// while it works.
  Optional<GraphError> errorOf(IssuedToken token) {
    var now = clock.instant();
    return token
        .deathAt(now)
        .map(cause -> GraphError.deadToken(token, cause, app.id(), now))
        .or(() -> checkpointOf(token).map(GraphError::checkpoint));
  }

  private Optional<Checkpoint> checkpointOf(IssuedToken token) {
    return Optional.ofNullable(token.personId()).flatMap(world::person).map(Person::checkpoint);
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
