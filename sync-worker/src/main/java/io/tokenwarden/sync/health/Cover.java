package io.tokenwarden.sync.health;

import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionState;

/// One connection that knows the ad account, and the account as it sees it.
public record Cover(ConnectionState connection, AssetState account) {}
