package io.tokenwarden.auth.access;

import io.tokenwarden.auth.asset.Sight;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetType;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a listing of one connection's access found. A list that is null was not read.
///
/// @param generation the token it was listed with; anything but the current one changes nothing
/// @param complete whether every list that is given was read to its end
public record AccessSnapshot(
    long generation,
    boolean complete,
    List<Permission> permissions,
    List<AdAccount> adAccounts,
    List<Pixel> pixels,
    List<Page> pages,
    List<Business> businesses,
    List<Catalog> catalogs) {
  public AccessSnapshot {
    permissions = whole(permissions);
    adAccounts = whole(adAccounts);
    pixels = whole(pixels);
    pages = whole(pages);
    businesses = whole(businesses);
    catalogs = whole(catalogs);
  }

  /// A list has no holes.
  private static <T> List<T> whole(List<T> list) {
    if (list != null && list.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("An entry of a list is missing");
    }
    return list == null ? null : List.copyOf(list);
  }

  /// @param status as Meta says it: `granted`, `declined` or `expired`
  record Permission(String permission, String status) {
    Permission {
      if (permission == null || permission.isBlank()) {
        throw new IllegalArgumentException("A permission has a name");
      }
    }

    boolean isGranted() {
      return "granted".equals(status);
    }
  }

  /// @param timezone IANA name
  /// @param accountStatus Meta's `account_status`
  /// @param disableReason Meta's `disable_reason`
  record AdAccount(
      AdAccountId id,
      String name,
      String timezone,
      String currency,
      Integer accountStatus,
      Integer disableReason,
      String businessId) {
    AdAccount {
      Objects.requireNonNull(id, "id");
    }

    Sight sight() {
      return new Sight(
          AssetType.AD_ACCOUNT,
          id.digits(),
          name,
          timezone,
          currency,
          accountStatus,
          disableReason,
          businessId,
          null,
          false);
    }
  }

  /// @param adAccounts those it is linked to
  record Pixel(
      String id,
      String name,
      List<AdAccountId> adAccounts,
      String businessId,
      boolean unavailable) {
    Pixel {
      mustBeId(id);
    }

    Sight sight() {
      var linked =
          adAccounts == null ? null : adAccounts.stream().map(AdAccountId::digits).toList();
      return new Sight(
          AssetType.PIXEL, id, name, null, null, null, null, businessId, linked, unavailable);
    }
  }

  record Page(String id, String name, String businessId) {
    Page {
      mustBeId(id);
    }

    Sight sight() {
      return AccessSnapshot.sight(AssetType.PAGE, id, name, businessId);
    }
  }

  record Catalog(String id, String name, String businessId) {
    Catalog {
      mustBeId(id);
    }

    Sight sight() {
      return AccessSnapshot.sight(AssetType.CATALOG, id, name, businessId);
    }
  }

  record Business(String id, String name) {
    Business {
      mustBeId(id);
    }
  }

  private static final Pattern ID = Pattern.compile("[0-9]{1,20}");

  private static void mustBeId(String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException("Meta's ids are up to 20 digits");
    }
  }

  private static Sight sight(AssetType type, String id, String name, String businessId) {
    return new Sight(type, id, name, null, null, null, null, businessId, null, false);
  }

  /// The granted permissions.
  List<String> grantedScopes() {
    return permissions.stream().filter(Permission::isGranted).map(Permission::permission).toList();
  }

  boolean saysPermissions() {
    return permissions != null && !permissions.isEmpty();
  }

  /// All assets that were seen.
  Stream<Sight> sights() {
    return Stream.of(
            or(adAccounts).map(AdAccount::sight),
            or(pixels).map(Pixel::sight),
            or(pages).map(Page::sight),
            or(catalogs).map(Catalog::sight))
        .flatMap(each -> each);
  }

  /// Whether assets of this kind were listed to the end.
  boolean lists(AssetType type) {
    return complete
        && switch (type) {
          case AD_ACCOUNT -> adAccounts != null;
          case PIXEL -> pixels != null;
          case PAGE -> pages != null;
          case CATALOG -> catalogs != null;
        };
  }

  private static <T> Stream<T> or(List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }
}
