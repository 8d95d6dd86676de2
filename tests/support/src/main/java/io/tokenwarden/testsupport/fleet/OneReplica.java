package io.tokenwarden.testsupport.fleet;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.Product;
import java.net.URI;

/// A fleet as those see it whom its load balancer sends to one replica of a service every time.
record OneReplica(Fleet fleet, Replica replica) implements Product {
  private static final String OF_AUTH = "/auth/";

  @Override
  public URI service(String name) {
    return name.equals(replica.service().id()) ? replica.url() : fleet.service(name);
  }

  @Override
  public URI opened(URI address) {
    return replica.service() == Service.AUTH_SERVICE && address.getPath().startsWith(OF_AUTH)
        ? replica.url().resolve(address.getRawPath() + "?" + address.getRawQuery())
        : address;
  }

  @Override
  public MetaTwin twin() {
    return fleet.twin();
  }

  @Override
  public Bearers bearers() {
    return fleet.bearers();
  }
}
