package io.tokenwarden.gateway.call;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/// The event loop a call came in on: everything about it happens there.
record Loop(Context context) {

  /// Goes on there, wherever others complete what is waited for.
  <T> Future<T> here(Future<T> elsewhere) {
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(result -> context.runOnContext(_ -> promise.handle(result)));
    return promise.future();
  }
}
