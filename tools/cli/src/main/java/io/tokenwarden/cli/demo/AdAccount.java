package io.tokenwarden.cli.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/// An ad account of the person in the story.
///
/// @param id its digits
record AdAccount(String id, String name, ZoneId timezone) {

  LocalDate today() {
    return LocalDate.now(Clock.system(timezone));
  }

  /// Its path in the Graph API, after the version.
  String path() {
    return "/act_" + id;
  }
}
