package io.tokenwarden.auth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.graph.Inspection.GranularScope;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void whoChoseNothingSharedEverything() {
    assertThat(new Grants(List.of()).exclude(AssetType.AD_ACCOUNT, "1")).isFalse();
    assertThat(chosen("ads_read").exclude(AssetType.AD_ACCOUNT, "1")).isFalse();
  }

  @Test
  void whoChoseSomeSharedNoOthers() {
    // given
    var grants = chosen("ads_read", "1", "2");

    // then
    assertThat(grants.exclude(AssetType.AD_ACCOUNT, "2")).isFalse();
    assertThat(grants.exclude(AssetType.AD_ACCOUNT, "3")).isTrue();
  }

  @Test
  void anAdAccountIsNamedInEitherOfItsWays() {
    assertThat(chosen("ads_read", "act_1").exclude(AssetType.AD_ACCOUNT, "1")).isFalse();
    assertThat(chosen("ads_read", "act_1").exclude(AssetType.AD_ACCOUNT, "3")).isTrue();
  }

  @Test
  void onePermissionForAllIsEnough() {
    // given
    var grants =
        new Grants(
            List.of(
                new GranularScope("ads_read", List.of("1")),
                new GranularScope("ads_management", List.of())));

    // then
    assertThat(grants.exclude(AssetType.AD_ACCOUNT, "3")).isFalse();
  }

  @Test
  void aPixelIsNeverChosenByItself() {
    assertThat(chosen("ads_read", "1").exclude(AssetType.PIXEL, "9")).isFalse();
  }

  @Test
  void thePermissionOfAnotherKindSaysNothing() {
    assertThat(chosen("pages_show_list", "1").exclude(AssetType.AD_ACCOUNT, "3")).isFalse();
    assertThat(chosen("pages_show_list", "1").exclude(AssetType.PAGE, "3")).isTrue();
  }

  private static Grants chosen(String scope, String... targets) {
    return new Grants(List.of(new GranularScope(scope, List.of(targets))));
  }
}
