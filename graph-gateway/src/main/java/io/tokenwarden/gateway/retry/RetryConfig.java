package io.tokenwarden.gateway.retry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much this replica asks Meta again by itself.
@ConfigMapping(prefix = "gateway.retries")
public interface RetryConfig {

  /// Repetitions within a minute, as a share of the calls of that minute; from 0 to 1. A tenth lets
  /// single failures pass unnoticed, and adds no more than a tenth to what an ill Meta has to bear.
  @WithDefault("0.1")
  double share();

  /// So many a minute are made in any case: of few calls a tenth is nothing. 0 for none.
  @WithDefault("10")
  int atLeast();
}
