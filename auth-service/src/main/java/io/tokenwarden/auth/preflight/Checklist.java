package io.tokenwarden.auth.preflight;

import static io.tokenwarden.auth.preflight.Check.Name.AD_ACCOUNT_ACTIVE;
import static io.tokenwarden.auth.preflight.Check.Name.AD_ACCOUNT_ASSIGNED;
import static io.tokenwarden.auth.preflight.Check.Name.AD_ACCOUNT_BILLABLE;
import static io.tokenwarden.auth.preflight.Check.Name.APP_REVIEW;
import static io.tokenwarden.auth.preflight.Check.Name.APP_SERVED;
import static io.tokenwarden.auth.preflight.Check.Name.ASSETS_WITHIN_GRANT;
import static io.tokenwarden.auth.preflight.Check.Name.BUSINESS_ACCESS;
import static io.tokenwarden.auth.preflight.Check.Name.CONVERSIONS_API;
import static io.tokenwarden.auth.preflight.Check.Name.MARKETING_API;
import static io.tokenwarden.auth.preflight.Check.Name.PERMISSIONS;
import static io.tokenwarden.auth.preflight.Check.Name.PIXEL_VISIBLE;
import static io.tokenwarden.auth.preflight.Check.Name.SYSTEM_USER_ROLE;
import static io.tokenwarden.auth.preflight.Check.Name.TOKEN_USABLE;
import static io.tokenwarden.auth.preflight.Check.fail;
import static io.tokenwarden.auth.preflight.Check.pass;
import static io.tokenwarden.auth.preflight.Check.unknown;

import io.tokenwarden.auth.asset.AssetView;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Suspicion;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Decides the checks by what is known and what Meta said.
record Checklist(Known known, Asked asked) {
  private static final int ACTIVE = 1;

  /// Meta's numbers for ad accounts with an open bill: unsettled, pending settlement, in grace. See
  /// [account_status](https://developers.facebook.com/docs/marketing-api/reference/ad-account).
  private static final Set<Integer> OPEN_BILL = Set.of(3, 8, 9);

  private static final String AGAIN = "Look again in a minute, or at https://metastatus.com";

  private static final String LISTED_SOON =
      "Look again: what a connection reaches is listed within minutes, and twice a day";

  private static final String AD_ACCOUNTS = "https://business.facebook.com/settings/ad-accounts";

  List<Check> checks() {
    return List.of(
        appServed(),
        appReview(),
        tokenUsable(),
        permissions(),
        businessAccess(),
        adAccountAssigned(),
        adAccountActive(),
        adAccountBillable(),
        marketingApi(),
        pixelVisible(),
        conversionsApi(),
        assetsWithinGrant(),
        systemUserRole());
  }

  private Check appServed() {
    if (known.app().isEmpty()) {
      return fail(APP_SERVED, "The Meta app of this connection is not configured any more");
    }
    return asked
        .app()
        .map(answer ->
            switch (answer) {
              case Answered<String> _ -> pass(APP_SERVED, "Meta serves the app");
              case Failed<String>(var error) when error.meaning().suspicion() == Suspicion.APP ->
                  fail(APP_SERVED, "Meta blocks the app or does not know it: " + words(error));
              case Failed<String>(var error) ->
                  unknown(
                      APP_SERVED,
                      "Meta did not say whether it serves the app: " + words(error),
                      AGAIN);
            })
        .orElseGet(() -> unknown(APP_SERVED, "Meta was not asked", AGAIN));
  }

  /// Meta has no API for either.
  private static Check appReview() {
    return unknown(
        APP_REVIEW,
        "Meta's API does not tell whether App Review and Business Verification cover this use",
        "In the app's dashboard at https://developers.facebook.com/apps, App Review, Permissions"
            + " and Features: each permission this connection was asked for has Advanced Access,"
            + " unless the person has a role in the app. Business Verification:"
            + " https://business.facebook.com/settings/security");
  }

  private Check tokenUsable() {
    var checkpoint = known.health().condition(ConditionKind.CHECKPOINT).isPresent();
    if (checkpoint) {
      return fail(TOKEN_USABLE, "The person must pass a security check at facebook.com first");
    }
    return known.usable()
        ? pass(TOKEN_USABLE, "The token is in use, last verified " + known.health().verifiedAt())
        : fail(
            TOKEN_USABLE,
            "The connection is %s and its token %s: reconnect"
                .formatted(known.health().lifecycle(), known.health().tokenStatus()));
  }

  private Check permissions() {
    return known.missingScopes().isEmpty()
        ? pass(PERMISSIONS, "All permissions of the profile are granted")
        : fail(PERMISSIONS, "Not granted: " + String.join(", ", known.missingScopes()));
  }

  private Check businessAccess() {
    if (known.businesses() > 0) {
      return pass(BUSINESS_ACCESS, "%d businesses can be seen".formatted(known.businesses()));
    }
    if (!known.can(Capability.DISCOVER_BUSINESS)) {
      return unknown(
          BUSINESS_ACCESS,
          "This token cannot see businesses: that takes business_management, and a token in use",
          "Look whether the person is listed at https://business.facebook.com/settings/people, or"
              + " connect with the profile business-discovery");
    }
    return known.assets().isEmpty()
        ? unknown(BUSINESS_ACCESS, "Nothing was listed yet", LISTED_SOON)
        : fail(BUSINESS_ACCESS, "The permission is granted, and no business was seen");
  }

  private Check adAccountAssigned() {
    var reached = known.adAccounts().size();
    if (reached > 0) {
      return pass(AD_ACCOUNT_ASSIGNED, "%d ad accounts can be reached".formatted(reached));
    }
    return known.of(AssetType.AD_ACCOUNT).findAny().isPresent()
        ? fail(AD_ACCOUNT_ASSIGNED, "Every ad account that was known has been lost")
        : unknown(
            AD_ACCOUNT_ASSIGNED,
            "No ad account was listed yet",
            LISTED_SOON + "; what is assigned to whom: " + AD_ACCOUNTS);
  }

  private Check adAccountActive() {
    return byStatus(
        AD_ACCOUNT_ACTIVE,
        "are active",
        status -> status == ACTIVE,
        "Meta calls these ad accounts something else than active: ",
        AD_ACCOUNTS);
  }

  private Check adAccountBillable() {
    return byStatus(
        AD_ACCOUNT_BILLABLE,
        "have no open bill, as far as Meta tells",
        status -> !OPEN_BILL.contains(status),
        "These ad accounts have an open bill at Meta: ",
        "https://business.facebook.com/billing_hub");
  }

  private interface Status {
    boolean isGood(int status);
  }

  private Check byStatus(Check.Name name, String good, Status rule, String bad, String toFindOut) {
    var told =
        known.of(AssetType.AD_ACCOUNT).filter(account -> account.accountStatus() != null).toList();
    if (told.isEmpty()) {
      return unknown(
          name, "Meta has not told the status of any ad account yet", "See " + toFindOut);
    }
    var others =
        told.stream()
            .filter(account -> !rule.isGood(account.accountStatus()))
            .map(AssetView::assetId)
            .limit(10)
            .toList();
    return others.isEmpty()
        ? pass(name, "%d ad accounts %s".formatted(told.size(), good))
        : fail(name, bad + String.join(", ", others));
  }

  private Check marketingApi() {
    return asked
        .insights()
        .map(Checklist::marketingApi)
        .orElseGet(() ->
            unknown(
                MARKETING_API,
                "There is no ad account to ask for, or no token to ask with",
                "Mend TOKEN_USABLE and AD_ACCOUNT_ASSIGNED first, then look again"));
  }

  private static Check marketingApi(GraphAnswer<Boolean> insights) {
    return switch (insights) {
      case Answered<Boolean> _ -> pass(MARKETING_API, "Insights of an ad account can be read");
      case Failed<Boolean>(var error) when provesNothing(error) ->
          unknown(MARKETING_API, "Meta did not answer for now: " + words(error), AGAIN);
      case Failed<Boolean>(var error) ->
          fail(MARKETING_API, "Meta refused to show insights: " + words(error));
    };
  }

  private static boolean provesNothing(GraphError error) {
    return Set.of(ErrorCategory.TRANSIENT, ErrorCategory.SERVER_ERROR, ErrorCategory.RATE_LIMITED)
        .contains(error.meaning().category());
  }

  private Check pixelVisible() {
    var lost =
        known.health().conditions().stream()
            .filter(condition -> condition.condition() == ConditionKind.PIXEL_UNAVAILABLE)
            .map(Condition::subject)
            .filter(Objects::nonNull)
            .toList();
    if (!lost.isEmpty()) {
      return fail(PIXEL_VISIBLE, "Not visible any more: " + String.join(", ", lost));
    }
    return known.of(AssetType.PIXEL).anyMatch(AssetView::available)
        ? pass(PIXEL_VISIBLE, "A pixel can be seen")
        : unknown(
            PIXEL_VISIBLE,
            "No pixel was listed yet",
            "Which pixels an ad account has: https://business.facebook.com/events_manager");
  }

  private Check conversionsApi() {
    return known.can(Capability.VERIFY_CONVERSIONS)
        ? pass(CONVERSIONS_API, "Conversions can be verified")
        : fail(CONVERSIONS_API, "Conversions cannot be verified with this token as it is");
  }

  private Check assetsWithinGrant() {
    if (known.assets().isEmpty()) {
      return unknown(ASSETS_WITHIN_GRANT, "No asset was listed yet", LISTED_SOON);
    }
    var beyond =
        known.assets().stream()
            .filter(AssetView::beyondGrant)
            .map(AssetView::assetId)
            .limit(10)
            .toList();
    return beyond.isEmpty()
        ? pass(ASSETS_WITHIN_GRANT, "It reaches nothing that was not shared")
        : fail(ASSETS_WITHIN_GRANT, "Reached though not shared: " + String.join(", ", beyond));
  }

  private Check systemUserRole() {
    return known.tokenType() == TokenType.SYSTEM_USER
        ? unknown(
            SYSTEM_USER_ROLE,
            "Meta's API does not tell a token its system user's role",
            "At https://business.facebook.com/settings/system-users it should say Employee, not"
                + " Admin, unless it must change who may do what")
        : pass(SYSTEM_USER_ROLE, "It is no system user's token");
  }

  private static String words(GraphError error) {
    return "%s %s/%s".formatted(error.meaning().category(), error.code(), error.subcode());
  }
}
