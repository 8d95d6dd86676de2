package io.tokenwarden.fire;

import io.tokenwarden.testsupport.fleet.Fleet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// When a test fails, data and logs of the shared fleet stay where they are, and that is said.
final class KeepsTheLogs implements TestWatcher {
  @Override
  public void testFailed(ExtensionContext test, Throwable failure) {
    System.err.println(test.getDisplayName() + " failed; logs and data: " + Fleet.shared().keep());
  }
}
