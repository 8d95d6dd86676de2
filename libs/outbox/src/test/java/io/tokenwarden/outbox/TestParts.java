package io.tokenwarden.outbox;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.tokenwarden.testsupport.RealParts;

/// The database and the broker of all tests here.
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = @ResourceArg(name = RealParts.SERVICE, value = "notifier"))
final class TestParts {
  private TestParts() {}
}
