package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.meta.AssetFacts;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.meta.Identity;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.graph.ExpiredReason;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import io.tokenwarden.graph.Suspicion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What Meta's answers come to.
public sealed interface Verdict {

  /// What Meta said where it complained; null where it did not.
  default GraphError error() {
    return null;
  }

  // ---- about the token

  /// Both answers say it lives.
  record Alive(Inspection inspection) implements Verdict {}

  /// It lives, but is good for nothing: access to data is over, or it is not the token we stored.
  record Unfit(Reason reason) implements Verdict {}

  /// The call was refused with a 190 and the inspection says invalid.
  record Dead(Reason reason, GraphError error) implements Verdict {}

  /// The person must pass a check at facebook.com; the token will work again.
  record Checkpoint(GraphError error) implements Verdict {}

  /// The two contradict each other.
  record Disputed() implements Verdict {}

  // ---- about what the token may do

  record Granted(List<String> scopes) implements Verdict {}

  /// Meta shows it; whether it can be used is for Meta's facts to say.
  record AssetShown(AssetFacts facts) implements Verdict {}

  /// Meta does not hand it out, and no permission is missing.
  record AssetGone(GraphError error) implements Verdict {}

  // ---- about the app

  record AppServed() implements Verdict {}

  record AppRefused(GraphError error) implements Verdict {}

  // ---- about anything

  /// Meta was away, busy, or spoke of something else: nothing is known.
  ///
  /// @param error what it said; null if it said nothing
  record Unproven(GraphError error) implements Verdict {}

  /// Decides about a token. A checkpoint decides first; then anything that proves nothing; then the
  /// two answers must agree.
  ///
  /// @param me the answer to `GET /me` with the token itself
  /// @param inspection the answer to `debug_token`
  /// @param owner app and person the token was stored for
  static Verdict ofToken(
      GraphAnswer<Identity> me, GraphAnswer<Inspection> inspection, Owner owner, Instant now) {
    var checkpoint = checkpoint(me).or(() -> checkpointSeenByInspection(inspection));
    if (checkpoint.isPresent()) {
      return new Checkpoint(checkpoint.get());
    }
    return switch (inspection) {
      case Failed<Inspection>(var error) -> new Unproven(error);
      case Answered<Inspection>(var inspected) -> decide(me, inspected, owner, now);
    };
  }

  /// Whose token it is, by the app's id and the app-scoped id of the person.
  record Owner(String appId, String metaUserId) {}

  private static Verdict decide(
      GraphAnswer<Identity> me, Inspection inspected, Owner owner, Instant now) {
    return switch (me) {
      case Answered<Identity>(var identity) ->
          inspected.valid() ? fit(inspected, identity, owner, now) : new Disputed();
      case Failed<Identity>(var error) when !speaksOfTheToken(error) -> new Unproven(error);
      case Failed<Identity>(var error) ->
          inspected.valid() ? new Disputed() : new Dead(reason(error, inspected), error);
    };
  }

  private static Verdict fit(Inspection inspected, Identity identity, Owner owner, Instant now) {
    var ours =
        inspected.appId().equals(owner.appId())
            && inspected.userId().equals(owner.metaUserId())
            && speaksFor(identity, inspected, owner);
    if (!ours) {
      return new Unfit(Reason.VALIDATION_FAILED);
    }
    var end = inspected.dataAccessExpiresAt();
    return end != null && !now.isBefore(end)
        ? new Unfit(Reason.DATA_ACCESS_EXPIRED)
        : new Alive(inspected);
  }

  /// A Page's token speaks for the Page, and belongs to a person all the same.
  private static boolean speaksFor(Identity identity, Inspection inspected, Owner owner) {
    return inspected.type() == Inspection.TokenType.PAGE
        || identity.metaUserId().equals(owner.metaUserId());
  }

  static Verdict ofPermissions(GraphAnswer<List<String>> permissions) {
    return switch (permissions) {
      case Answered<List<String>>(var scopes) -> new Granted(scopes);
      case Failed<List<String>>(var error) -> new Unproven(error);
    };
  }

  /// Decides about an asset. That Meta does not hand it out may be for want of a permission, too:
  /// then the permissions decide.
  ///
  /// @param asset the answer to asking for the asset itself
  /// @param permissions asked for only if it was refused; null otherwise
  static Verdict ofAsset(
      AssetType type, GraphAnswer<AssetFacts> asset, GraphAnswer<List<String>> permissions) {
    return switch (asset) {
      case Answered<AssetFacts>(var facts) -> new AssetShown(facts);
      case Failed<AssetFacts>(var error) when permissions == null -> new Unproven(error);
      case Failed<AssetFacts>(var error) ->
          switch (permissions) {
            case Failed<List<String>>(var why) -> new Unproven(why);
            case Answered<List<String>>(var scopes) when !Reach.mayReach(type, scopes) ->
                new Granted(scopes);
            case Answered<List<String>> _ -> new AssetGone(error);
          };
    };
  }

  /// Whether a refusal can be about the asset: then it is worth asking for the permissions.
  static boolean maySpeakOfTheAsset(GraphAnswer<AssetFacts> asset) {
    return switch (asset) {
      case Answered<AssetFacts> _ -> false;
      case Failed<AssetFacts>(var error) ->
          switch (error.meaning().suspicion()) {
            case ASSET, PERMISSIONS -> true;
            case NONE, TOKEN, APP, BLOCK -> false;
          };
    };
  }

  static Verdict ofApp(GraphAnswer<String> self) {
    return switch (self) {
      case Answered<String> _ -> new AppServed();
      case Failed<String>(var error) when error.meaning().suspicion() == Suspicion.APP ->
          new AppRefused(error);
      case Failed<String>(var error) -> new Unproven(error);
    };
  }

  private static Optional<GraphError> checkpoint(GraphAnswer<Identity> me) {
    return switch (me) {
      case Answered<Identity> _ -> Optional.empty();
      case Failed<Identity>(var error) -> Optional.of(error).filter(Verdict::isCheckpoint);
    };
  }

  private static Optional<GraphError> checkpointSeenByInspection(
      GraphAnswer<Inspection> inspection) {
    return switch (inspection) {
      case Failed<Inspection> _ -> Optional.empty();
      case Answered<Inspection>(var inspected) -> inspected.failure().filter(Verdict::isCheckpoint);
    };
  }

  private static boolean isCheckpoint(GraphError error) {
    var meaning = error.meaning();
    return meaning.checkpoint() && meaning.suspicion() == Suspicion.TOKEN;
  }

  /// A refusal counts only if it is about the token: time-outs, throttles, 5xx and blocked apps are
  /// not.
  private static boolean speaksOfTheToken(GraphError error) {
    return error.meaning().suspicion() == Suspicion.TOKEN;
  }

  /// Where neither answer names it, somebody or something at Meta has taken it back.
  private static Reason reason(GraphError refusal, Inspection inspected) {
    return refusal
        .meaning()
        .expiredReason()
        .or(() -> inspected.failure().flatMap(failure -> failure.meaning().expiredReason()))
        .map(Verdict::reason)
        .orElse(Reason.REVOKED);
  }

  private static Reason reason(ExpiredReason reason) {
    return switch (reason) {
      case EXPIRED -> Reason.EXPIRED;
      case PASSWORD_CHANGED -> Reason.PASSWORD_CHANGED;
      case APP_REMOVED -> Reason.APP_REMOVED;
      case LOGGED_OUT -> Reason.LOGGED_OUT;
      case REVOKED -> Reason.REVOKED;
      case UNUSED_90_DAYS -> Reason.UNUSED_90_DAYS;
      case SYSTEM_USER_LOST -> Reason.SYSTEM_USER_LOST;
    };
  }
}
