package io.tokenwarden.twin.world;

import java.util.List;

/// A campaign. Each has one ad set with two ads, whose ids follow from the campaign's, which ends
/// in 0.
///
/// @param status null in states written before it could change: ACTIVE
public record Campaign(String id, String name, String status) {

  public Campaign {
    status = status == null ? "ACTIVE" : status;
  }

  public static Campaign active(String id, String name) {
    return new Campaign(id, name, null);
  }

  Campaign withStatus(String newStatus) {
    return new Campaign(id, name, newStatus);
  }

  public Ad adSet() {
    return new Ad(idEndingIn('1'), name + " / Broad audience");
  }

  public List<Ad> ads() {
    return List.of(
        new Ad(idEndingIn('2'), name + " / Video"), new Ad(idEndingIn('3'), name + " / Carousel"));
  }

  private String idEndingIn(char digit) {
    return id.substring(0, id.length() - 1) + digit;
  }

  /// An ad set or an ad: something with an id and a name.
  public record Ad(String id, String name) {}
}
