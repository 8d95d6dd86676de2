package io.tokenwarden.twin.control;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.Response;

/// Where the press of a button came from, and where it leads.
final class Origin {

  private Origin() {}

  /// A page of another site must not press these buttons.
  ///
  /// @param site the header `Sec-Fetch-Site`
  static void mustBeOurs(String site) {
    if ("cross-site".equals(site)) {
      throw new ForbiddenException();
    }
  }

  static Response backTo(String place) {
    return Response.status(Response.Status.SEE_OTHER).header("Location", "/#" + place).build();
  }
}
