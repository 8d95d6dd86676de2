package io.tokenwarden.sync;

import io.tokenwarden.testsupport.MutableClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The clock of the service under test: it stands until a test moves it, and only ever forward, as
/// all tests of this module share it.
@Singleton
class TestClock {
  @Produces
  @Singleton
  MutableClock clock() {
    return MutableClock.at("2026-11-21T10:00:00Z");
  }
}
