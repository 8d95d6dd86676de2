package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InquiryTest {
  private static final Optional<AssetType> NEVER_REACHED = Optional.empty();
  private static final Optional<AssetType> A_PIXEL = Optional.of(AssetType.PIXEL);
  private static final Optional<AssetType> A_PAGE = Optional.of(AssetType.PAGE);

  static List<Inquiry> all() {
    return List.of(
        new OfToken(),
        new OfBlock(),
        new OfPermissions(),
        new OfAsset(AssetType.PIXEL, "17"),
        new OfAsset(AssetType.CATALOG, "an/id"),
        new OfApp("1"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void comesBackFromTheDatabaseAsItWas(Inquiry inquiry) {
    assertThat(Inquiry.of(inquiry.subject(), inquiry.target())).isEqualTo(inquiry);
  }

  @Test
  void everySubjectIsAskedAboutInAWayOfItsOwn() {
    assertThat(all()).extracting(Inquiry::subject).contains(Subject.values());
  }

  @Test
  void evidenceIsAskedAboutAsItsSuspicionSays() {
    assertThat(suspected(Suspicion.NONE, NEVER_REACHED)).isEmpty();
    assertThat(suspected(Suspicion.TOKEN, NEVER_REACHED)).contains(new OfToken());
    assertThat(suspected(Suspicion.BLOCK, NEVER_REACHED)).contains(new OfBlock());
    assertThat(suspected(Suspicion.APP, NEVER_REACHED)).contains(new OfApp("the connection's"));
  }

  @Test
  void aPermissionThatIsMissingForAnAssetIsAskedAboutByTheAsset() {
    assertThat(suspected(Suspicion.PERMISSIONS, A_PIXEL))
        .contains(new OfAsset(AssetType.PIXEL, "17"));
    assertThat(suspected(Suspicion.PERMISSIONS, NEVER_REACHED)).contains(new OfPermissions());
  }

  @Test
  void aPermissionThatIsMissingForAPageIsAskedAboutByItself() {
    assertThat(suspected(Suspicion.PERMISSIONS, A_PAGE)).contains(new OfPermissions());
    assertThat(suspected(Suspicion.ASSET, A_PAGE)).contains(new OfAsset(AssetType.PAGE, "17"));
  }

  @Test
  void nobodyNeedsToKnowWhyAnAssetIsNotReachedThatNeverWas() {
    assertThat(suspected(Suspicion.ASSET, A_PIXEL)).contains(new OfAsset(AssetType.PIXEL, "17"));
    assertThat(suspected(Suspicion.ASSET, NEVER_REACHED)).isEmpty();
  }

  private static Optional<Inquiry> suspected(Suspicion suspicion, Optional<AssetType> reached) {
    var evidence =
        new TokenSuspected(
            WorkspaceId.of("demo"),
            new ConnectionId(new UUID(0, 1)),
            1,
            1,
            "what the gateway believes",
            "7",
            TokenType.USER,
            Instant.parse("2026-11-21T10:00:00Z"),
            ErrorCategory.TOKEN_INVALIDATED,
            Answers.ERROR,
            "/17",
            "17",
            suspicion);
    return Inquiry.of(evidence, "the connection's", reached);
  }
}
