package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.meta.AssetFacts;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.AppRefused;
import io.tokenwarden.auth.verdict.Verdict.AppServed;
import io.tokenwarden.auth.verdict.Verdict.AssetGone;
import io.tokenwarden.auth.verdict.Verdict.AssetShown;
import io.tokenwarden.auth.verdict.Verdict.Checkpoint;
import io.tokenwarden.auth.verdict.Verdict.Dead;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Granted;
import io.tokenwarden.auth.verdict.Verdict.Unfit;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// What Meta's answers may come to, and what the operator has set.
final class Answers {
  static final GraphErrorInfo ERROR = new GraphErrorInfo(190, 460, "OAuthException", 400, "trace");

  static final GraphError PASSWORD_CHANGED = error(400, 190, 460);
  static final GraphError CHECKPOINT = error(400, 190, 459);
  static final GraphError APP_BLOCKED = error(400, 101, null);
  static final GraphError NO_SUCH_OBJECT = error(400, 100, 33);
  static final GraphError AWAY = error(500, 2, null);

  static final Inspection VALID = inspection("\"is_valid\":true");

  static final AssetFacts USABLE = ofStatus(1);
  static final AssetFacts CLOSED = ofStatus(101);

  static final VerdictConfig CONFIG =
      new VerdictConfig() {
        @Override
        public Duration askAgainEvery() {
          return Duration.ofMinutes(20);
        }

        @Override
        public Duration askAboutAppEvery() {
          return Duration.ofMinutes(2);
        }

        @Override
        public Duration blockLasts() {
          return Duration.ofHours(3);
        }
      };

  private static final List<Verdict> NOTHING_PROVED =
      List.of(
          new Unproven(null),
          new Unproven(AWAY),
          new Unproven(APP_BLOCKED),
          new Unproven(PASSWORD_CHANGED));

  private static final List<Verdict> OF_TOKEN =
      List.of(
          new Alive(VALID),
          new Alive(VALID),
          new Dead(Reason.PASSWORD_CHANGED, PASSWORD_CHANGED),
          new Unfit(Reason.VALIDATION_FAILED),
          new Checkpoint(CHECKPOINT),
          new Disputed());

  private static final List<Verdict> OF_PERMISSIONS =
      List.of(
          new Granted(List.of("ads_read")),
          new Granted(List.of("public_profile")),
          new Granted(List.of("ads_management", "ads_read")));

  private static final List<Verdict> OF_ASSET =
      List.of(
          new AssetShown(USABLE),
          new AssetShown(CLOSED),
          new AssetGone(NO_SUCH_OBJECT),
          new Granted(List.of("public_profile")));

  private static final List<Verdict> OF_APP =
      List.of(
          new AppServed(),
          new AppRefused(APP_BLOCKED),
          new AppRefused(APP_BLOCKED),
          new Unproven(AWAY));

  private final Random random;

  Answers(Random random) {
    this.random = random;
  }

  Verdict to(Inquiry inquiry) {
    return random.nextInt(4) == 0
        ? oneOf(NOTHING_PROVED)
        : switch (inquiry) {
          case OfToken _, OfBlock _ -> oneOf(OF_TOKEN);
          case OfPermissions _ -> oneOf(OF_PERMISSIONS);
          case OfAsset _ -> oneOf(OF_ASSET);
          case OfApp _ -> aboutTheApp();
        };
  }

  Verdict aboutTheApp() {
    return oneOf(OF_APP);
  }

  private Verdict oneOf(List<Verdict> verdicts) {
    return verdicts.get(random.nextInt(verdicts.size()));
  }

  static GraphError error(int status, int code, Integer subcode) {
    var sub = subcode == null ? "" : ",\"error_subcode\":" + subcode;
    return GraphError.parse(
            status,
            "{\"error\":{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":%d%s,\"fbtrace_id\":\"trace\"}}"
                .formatted(code, sub))
        .orElseThrow();
  }

  static Inspection inspection(String fields) {
    return Inspection.parse("{\"data\":{\"app_id\":\"1\",\"user_id\":\"7\"," + fields + "}}")
        .orElseThrow();
  }

  private static AssetFacts ofStatus(int accountStatus) {
    return new AssetFacts("An ad account", accountStatus, 0, "EUR", "Europe/Berlin", false);
  }
}
