package io.tokenwarden.twin.world;

import java.util.List;

/// A campaign. Each has one ad set with two ads, whose ids follow from the campaign's, which ends
/// in 0.
///
/// @param status what it was made with; null for ACTIVE. What changed since is an [AdObject]
public record Campaign(String id, String name, String status) {

  public Campaign {
    status = status == null ? "ACTIVE" : status;
  }

  public static Campaign active(String id, String name) {
    return new Campaign(id, name, null);
  }

  public Ad adSet() {
    return new Ad(idEndingIn('1'), name + " / Broad audience");
  }

  public List<Ad> ads() {
    return List.of(
        new Ad(idEndingIn('2'), name + " / Video"), new Ad(idEndingIn('3'), name + " / Carousel"));
  }

  /// Whether the id is its own or that of its ad set or one of its ads.
  public boolean holds(String anId) {
    return anId.equals(id)
        || anId.equals(adSet().id())
        || ads().stream().anyMatch(ad -> ad.id().equals(anId));
  }

  private String idEndingIn(char digit) {
    return id.substring(0, id.length() - 1) + digit;
  }

  /// An ad set or an ad: something with an id and a name.
  public record Ad(String id, String name) {}
}
