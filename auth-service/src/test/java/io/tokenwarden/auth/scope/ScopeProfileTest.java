package io.tokenwarden.auth.scope;

import static io.tokenwarden.contracts.Capability.DISCOVER_BUSINESS;
import static io.tokenwarden.contracts.Capability.READ_INSIGHTS;
import static io.tokenwarden.contracts.Capability.READ_PAGES;
import static io.tokenwarden.contracts.Capability.VERIFY_CONVERSIONS;
import static io.tokenwarden.contracts.Capability.WRITE_ADS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Capability;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeProfileTest {
  @Test
  void reportingAsksToReadAdsAndNothingElse() {
    assertThat(ScopeProfile.REPORTING.scopes()).containsExactly("ads_read");
    assertThat(ScopeProfile.REPORTING.capabilities())
        .containsExactlyInAnyOrder(READ_INSIGHTS, VERIFY_CONVERSIONS);
  }

  @Test
  void eachProfileAddsWhatItIsNamedFor() {
    assertThat(ScopeProfile.CAMPAIGN_MANAGEMENT.capabilities())
        .contains(READ_INSIGHTS, WRITE_ADS)
        .doesNotContain(DISCOVER_BUSINESS);
    assertThat(ScopeProfile.BUSINESS_DISCOVERY.capabilities())
        .contains(READ_INSIGHTS, DISCOVER_BUSINESS)
        .doesNotContain(WRITE_ADS);
    assertThat(ScopeProfile.PAGES.capabilities())
        .contains(READ_INSIGHTS, READ_PAGES)
        .doesNotContain(WRITE_ADS);
    assertThat(ScopeProfile.FULL.scopes()).hasSize(14);
    assertThat(ScopeProfile.FULL.capabilities()).containsExactlyInAnyOrder(Capability.values());
  }

  @ParameterizedTest
  @EnumSource(ScopeProfile.class)
  void nothingIsMissingWhereAllWasGranted(ScopeProfile profile) {
    // given
    var granted = new ArrayList<>(profile.scopes());
    granted.add("public_profile");

    // when
    var missing = profile.missing(granted);

    // then
    assertThat(missing.isEmpty()).isTrue();
    assertThat(missing.blocked()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ScopeProfile.class)
  void allIsMissingWhereNothingWasGranted(ScopeProfile profile) {
    // when
    var missing = profile.missing(List.of("public_profile"));

    // then
    assertThat(missing.scopes()).containsExactlyInAnyOrderElementsOf(profile.scopes()).isSorted();
    assertThat(missing.blocked()).isEqualTo(profile.capabilities());
  }

  /// What is blocked is what the connection lacks, and what it has is not blocked.
  @ParameterizedTest
  @EnumSource(ScopeProfile.class)
  void eachScopeThatIsMissingBlocksWhatItCarries(ScopeProfile profile) {
    for (var one : profile.scopes()) {
      // given
      var granted = new ArrayList<>(profile.scopes());
      granted.remove(one);

      // when
      var missing = profile.missing(granted);

      // then
      var lacked = EnumSet.copyOf(profile.capabilities());
      lacked.removeAll(new GrantedScopes(granted).capabilities());
      assertThat(missing.blocked()).as("without " + one).isEqualTo(lacked);
    }
  }

  @Test
  void theExactDifferenceIsNamedWithWhatItBlocks() {
    // when
    var missing =
        ScopeProfile.FULL.missing(
            List.of("ads_management", "business_management", "pages_show_list", "email"));

    // then
    assertThat(missing.scopes())
        .containsExactly(
            "catalog_management",
            "instagram_basic",
            "instagram_content_publish",
            "instagram_manage_comments",
            "instagram_manage_insights",
            "leads_retrieval",
            "pages_manage_ads",
            "pages_read_engagement",
            "read_insights");
    assertThat(missing.blocked()).isEqualTo(Set.of(READ_PAGES));
  }

  @Test
  void managingAdsIncludesReadingThem() {
    // given
    var granted = List.of("ads_management");

    // when / then
    assertThat(ScopeProfile.REPORTING.missing(granted).isEmpty()).isTrue();
    assertThat(new GrantedScopes(granted).capabilities())
        .containsExactlyInAnyOrder(READ_INSIGHTS, VERIFY_CONVERSIONS, WRITE_ADS);
  }

  @Test
  void pagesNeedBothOfTheirPermissions() {
    assertThat(new GrantedScopes(List.of("pages_show_list")).capabilities()).isEmpty();
    assertThat(ScopeProfile.PAGES.missing(List.of("ads_read", "pages_show_list")).blocked())
        .containsExactly(READ_PAGES);
  }

  @Test
  void whatWeDoNotKnowIsGoodForNothing() {
    assertThat(new GrantedScopes(List.of("public_profile", "user_likes")).capabilities()).isEmpty();
  }

  @Test
  void isFoundByItsName() {
    assertThat(ScopeProfile.named("campaign-management"))
        .contains(ScopeProfile.CAMPAIGN_MANAGEMENT);
    assertThat(ScopeProfile.named("CAMPAIGN_MANAGEMENT")).isEmpty();
    assertThat(ScopeProfile.named("everything")).isEmpty();
    assertThat(ScopeProfile.named(null)).isEmpty();
  }
}
