package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.answer.AnswerFilter;
import io.tokenwarden.gateway.call.Stalls.Side;
import io.tokenwarden.gateway.call.Stalls.Watch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// One long answer on its way, no faster than the caller takes it. What Meta cuts off is cut off;
/// when one side stalls, the connections to both are ended.
final class Passage {

  private final HttpServerRequest caller;
  private final HttpServerResponse response;
  private final HttpClientResponse rest;
  private final AnswerFilter filter;
  private final Watch watch;
  private final Promise<Void> done = Promise.promise();

  Passage(HttpServerRequest caller, HttpClientResponse rest, AnswerFilter filter, Stalls stalls) {
    this.caller = caller;
    this.response = caller.response();
    this.rest = rest;
    this.filter = filter;
    this.watch = stalls.watch(Side.META, this::stalled);
  }

  /// Sends what is there, and sees to the rest.
  ///
  /// @param first of the body, fit for the caller
  /// @return completes when nothing more goes either way
  Future<Void> begin(Buffer first) {
    response.setChunked(true);
    response.closeHandler(_ -> end(() -> rest.request().reset()));
    response.drainHandler(_ -> goOn());
    rest.handler(chunk -> pass(Buffer.buffer(filter.accept(chunk.getBytes()))));
    rest.exceptionHandler(_ -> end(response::reset));
    rest.endHandler(_ -> finish());
    pass(first);
    if (!response.writeQueueFull()) {
      goOn();
    }
    return done.future();
  }

  private void pass(Buffer clean) {
    if (clean.length() > 0) {
      response.write(clean);
    }
    if (response.writeQueueFull()) {
      rest.pause();
      watch.waitFor(Side.CALLER);
    } else {
      watch.waitFor(Side.META);
    }
  }

  private void goOn() {
    watch.waitFor(Side.META);
    rest.resume();
  }

  private void finish() {
    watch.waitFor(Side.CALLER);
    response.end(Buffer.buffer(filter.finish())).onComplete(_ -> end(() -> {}));
  }

  private void stalled() {
    end(() -> {
      rest.request().reset();
      Stalls.cutOff(caller);
    });
  }

  private void end(Runnable last) {
    if (done.tryComplete()) {
      watch.end();
      last.run();
    }
  }
}
