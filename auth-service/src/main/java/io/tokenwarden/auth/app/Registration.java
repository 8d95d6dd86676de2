package io.tokenwarden.auth.app;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.service.Problems;
import java.util.Optional;
import java.util.regex.Pattern;

/// An app as a workspace tells it, checked but for the secret, which only Meta can check. Empty
/// members were left out; members that hold an empty text take away what was there.
record Registration(
    WorkspaceId workspace,
    String appId,
    AppSecret secret,
    Optional<String> graphVersion,
    Optional<String> loginConfig,
    Optional<String> verifyToken) {
  private static final Pattern APP_ID = Pattern.compile("[0-9]{1,25}");
  private static final Pattern VERSION = Pattern.compile("v[0-9]{1,3}\\.[0-9]|");
  private static final Pattern CONFIG = Pattern.compile("[0-9]{0,25}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,200}");
  private static final Pattern VERIFY_TOKEN = Pattern.compile("[!-~]{0,200}");

  /// @throws HttpProblem 400 if a member is missing or cannot be meant
  static Registration of(WorkspaceId workspace, AppsResource.Wanted wanted) {
    return new Registration(
        workspace,
        fitting(APP_ID, wanted.appId(), "appId is the digits of a Meta app id")
            .orElseThrow(() -> Problems.badRequest("Say which app: appId")),
        fitting(SECRET, wanted.appSecret(), "appSecret is a Meta app's secret")
            .map(AppSecret::of)
            .orElseThrow(() -> Problems.badRequest("Say the app's secret: appSecret")),
        fitting(VERSION, wanted.graphVersion(), "graphVersion is one such as v25.0"),
        fitting(CONFIG, wanted.loginConfigId(), "loginConfigId is the digits of a configuration"),
        fitting(
            VERIFY_TOKEN,
            wanted.webhookVerifyToken(),
            "webhookVerifyToken is up to 200 visible ASCII characters"));
  }

  /// Whether a text could be the id of a Meta app.
  static boolean isAppId(String text) {
    return APP_ID.matcher(text).matches();
  }

  private static Optional<String> fitting(Pattern form, String text, String what) {
    if (text != null && !form.matcher(text).matches()) {
      throw Problems.badRequest(what);
    }
    return Optional.ofNullable(text);
  }

  @Override
  public String toString() {
    return "Registration[app=" + appId + ", workspace=" + workspace + ", ****]";
  }
}
