package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.world.IssuedToken;
import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.Secret;
import io.tokenwarden.twin.world.TokenKind;
import io.tokenwarden.twin.world.Tokens;
import io.tokenwarden.twin.world.Troubles;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decides whether a call's token and proof are good.
@Singleton
final class Credentials {

  private static final Pattern APP_TOKEN = Pattern.compile("\\d+\\|.*");

  private final World world;
  private final Tokens tokens;
  private final Clock clock;

  @Inject
  Credentials(World world, Tokens tokens, Clock clock) {
    this.world = world;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// The person a call is made for.
  Caller caller(GraphRequest request) {
    var token = living(given(request), request.bearer());
    checkProof(request, appOf(token));
    return world
        .person(String.valueOf(token.personId()))
        .map(person -> caller(person, token))
        .orElseThrow(() -> new GraphException(GraphError.noToken()));
  }

  Caller caller(Person person, IssuedToken token) {
    return new Caller(person, token, world.userId(person, token.appId()));
  }

  /// The app whose own token a call is made with.
  MetaApp callingApp(GraphRequest request) {
    var value = given(request);
    var app = literal(value).orElseGet(() -> appOfItsToken(value, request.bearer()));
    mustStand(app);
    checkProof(request, app);
    return app;
  }

  private MetaApp appOfItsToken(Secret value, boolean bearer) {
    var token = living(value, bearer);
    if (token.kind() != TokenKind.APP) {
      throw new GraphException(GraphError.appTokenNeeded());
    }
    return appOf(token);
  }

  /// The app whose literal token this is: `{app-id}|{app-secret}`.
  Optional<MetaApp> literal(Secret value) {
    return world.apps().stream().filter(app -> app.token().equals(value)).findFirst();
  }

  MetaApp appOf(IssuedToken token) {
    return world.app(token.appId()).orElseThrow();
  }

  /// Passes while Meta serves the app at all.
  void mustStand(MetaApp app) {
    switch (app.standing()) {
      case WELL -> {}
      case BLOCKED -> throw new GraphException(GraphError.appBlocked());
      case DELETED -> throw new GraphException(GraphError.unknownApp());
    }
  }

  /// The token of this value, if it is served; the error that says why not otherwise.
  IssuedToken living(Secret value, boolean bearer) {
    var token = tokens.of(value).orElseThrow(() -> new GraphException(unknown(value, bearer)));
    mustStand(appOf(token));
    var error = errorOf(token).or(() -> dispute(token));
    if (error.isPresent()) {
      throw new GraphException(error.get());
    }
    return token;
  }

  /// What calls are told and inspections are not.
  private Optional<GraphError> dispute(IssuedToken token) {
    return troublesOf(token).filter(Troubles::disputed).map(_ -> GraphError.disputed());
  }

  /// An app token with another secret is told apart from nonsense.
  private static GraphError unknown(Secret value, boolean bearer) {
    return APP_TOKEN.matcher(value.reveal()).matches()
        ? GraphError.unknownApp()
        : GraphError.unknownToken(bearer);
  }

  /// Why calls with the token fail now: its death, a checkpoint its person has to pass, or a role
  /// lost on its page. Empty while it works.
  Optional<GraphError> errorOf(IssuedToken token) {
    var now = clock.instant();
    return token
        .deathAt(now)
        .map(cause -> GraphError.deadToken(token, cause, now))
        .or(() -> troublesOf(token).map(Troubles::checkpoint).map(GraphError::checkpoint))
        .or(() ->
            ownerOf(token).filter(it -> lostPage(it, token)).map(_ -> GraphError.pageRoleLost()));
  }

  private Optional<Troubles> troublesOf(IssuedToken token) {
    return ownerOf(token).map(Person::troubles);
  }

  private Optional<Person> ownerOf(IssuedToken token) {
    return Optional.ofNullable(token.personId()).flatMap(world::person);
  }

  private static boolean lostPage(Person person, IssuedToken token) {
    return token.pageId() != null && !person.reaches(token.pageId());
  }

  private static Secret given(GraphRequest request) {
    if (request.credential() == null) {
      throw new GraphException(GraphError.noToken());
    }
    return request.credential();
  }

  private static void checkProof(GraphRequest request, MetaApp app) {
    var proof = request.parameter(GraphRequest.PROOF);
    if (proof.isPresent() && !isProof(proof.get(), app, request.credential())) {
      throw new GraphException(GraphError.wrongProof());
    }
  }

  private static boolean isProof(String proof, MetaApp app, Secret token) {
    return MessageDigest.isEqual(ascii(proof), ascii(proofOf(app, token)));
  }

  private static String proofOf(MetaApp app, Secret token) {
    return HexFormat.of().formatHex(app.secret().signed(ascii(token.reveal()), "HmacSHA256"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
