package io.tokenwarden.testsupport;

import io.tokenwarden.embedded.Bearers;
import java.net.URI;

/// The whole product running somewhere, as its users see it.
public interface Product {

  /// The address of a service, such as `auth-service`.
  URI service(String name);

  /// Where a browser gets to that opens an address of the product.
  default URI opened(URI address) {
    return address;
  }

  /// The stand-in for Meta that the product talks to.
  MetaTwin twin();

  /// Bearer tokens of the product's issuer.
  Bearers bearers();
}
