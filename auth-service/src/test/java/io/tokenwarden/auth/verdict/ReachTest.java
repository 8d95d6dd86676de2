package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.AssetType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  @ParameterizedTest
  @CsvSource({
    "AD_ACCOUNT, ads_read, true",
    "AD_ACCOUNT, ads_management, true", // includes reading
    "AD_ACCOUNT, business_management, false",
    "PAGE, pages_show_list pages_read_engagement, true",
    "PAGE, pages_show_list, false", // enough to be listed, not to be read
    "PAGE, pages_read_engagement, false",
    "CATALOG, catalog_management, true",
    "CATALOG, ads_management, false"
  })
  void anAssetIsReachedThroughItsPermissions(AssetType type, String scopes, boolean reached) {
    var granted = List.of(("public_profile " + scopes).split(" "));
    assertThat(Reach.mayReach(type, granted)).isEqualTo(reached);
  }

  @ParameterizedTest
  @CsvSource({"AD_ACCOUNT", "PIXEL", "PAGE", "CATALOG"})
  void withoutPermissionsNothingIsReached(AssetType type) {
    assertThat(Reach.mayReach(type, List.of())).isFalse();
  }
}
