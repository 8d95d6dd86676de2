package io.tokenwarden.auth.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.graph.Inspection.GranularScope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What exactly a person shared at consent: permissions, each with the objects it was given for.
///
/// See [granular
/// permissions](https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging):
/// a permission without targets was given for all there is and all there will be.
public record Grants(List<GranularScope> granularScopes) {
  private static final TypeReference<List<GranularScope>> TYPE = new TypeReference<>() {};

  /// The permissions through which an asset of a kind is reached. A pixel belongs to its ad account
  /// and is never chosen by itself.
  private static final Map<AssetType, Set<String>> REACHED_THROUGH =
      new EnumMap<>(
          Map.of(
              AssetType.AD_ACCOUNT, Set.of("ads_read", "ads_management"),
              AssetType.PIXEL, Set.of(),
              AssetType.PAGE, Set.of("pages_show_list", "pages_read_engagement"),
              AssetType.CATALOG, Set.of("catalog_management")));

  public Grants {
    granularScopes = List.copyOf(granularScopes);
  }

  static Grants read(String column) {
    return new Grants(JsonColumn.read(column, TYPE));
  }

  String write() {
    return JsonColumn.write(granularScopes);
  }

  /// Whether the person chose assets of this kind, and this is none of them.
  public boolean exclude(AssetType type, String assetId) {
    var choices =
        granularScopes.stream()
            .filter(scope -> REACHED_THROUGH.get(type).contains(scope.scope()))
            .toList();
    return !choices.isEmpty()
        && choices.stream().noneMatch(scope -> scope.targetIds().isEmpty())
        && choices.stream().noneMatch(scope -> names(scope, assetId));
  }

  /// Whether Meta writes an ad account with its `act_` here is not documented.
  private static boolean names(GranularScope scope, String assetId) {
    return scope.targetIds().contains(assetId) || scope.targetIds().contains("act_" + assetId);
  }
}
