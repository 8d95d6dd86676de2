package io.tokenwarden.gateway.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tokenwarden.gateway.MetaConfig;
import io.tokenwarden.gateway.UpstreamConfig;
import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.call.MetaAnswer.Crowded;
import io.tokenwarden.gateway.call.MetaAnswer.Silent;
import io.tokenwarden.gateway.call.MetaRequestWriter.Written;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.request.GraphRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/// The only way out to Meta for data. The host comes from configuration.
///
/// The address of a call holds the token, so these calls are not traced and their failures are not
/// quoted.
@ApplicationScoped
class Meta {

  /// Held back so that a failure in an answer that says 200 is seen before anything is promised to
  /// the caller.
  static final int HELD_BACK = 64 * 1024;

  /// Of a batch more is held back, since its failures are at any place; and of so many at a time.
  static final int HELD_BACK_OF_BATCHES = 4 * 1024 * 1024;

  private static final int ROOMS = 16;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final HttpClient client;
  private final Counter crowded;
  private final MetaRequestWriter writer;
  private final Semaphore rooms = new Semaphore(ROOMS);

  @Inject
  Meta(Vertx vertx, MetaConfig config, UpstreamConfig limits, MeterRegistry metrics) {
    this.vertx = vertx;
    this.crowded = metrics.counter("tokenwarden.gateway.crowded");
    this.writer = new MetaRequestWriter(config.graphUrl(), config.videoUrl());
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setMaxPoolSize(limits.connections())
                .setMaxWaitQueueSize(limits.queue())
                .setKeepAliveTimeout(30)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setDecompressionSupported(false));
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /// @return whether one more batch may have a whole answer held back; whoever takes the room
  ///   leaves it
  boolean takeRoom() {
    return rooms.tryAcquire();
  }

  void leaveRoom() {
    rooms.release();
  }

  /// Asks with this credential. Always succeeds: silence is an answer too.
  ///
  /// @param roomy whether as much is held back as of a batch
  Future<MetaAnswer> send(
      GraphRequest request,
      MultiMap callerHeaders,
      CredentialLease lease,
      Duration patience,
      boolean roomy) {
    Promise<MetaAnswer> answer = Promise.promise();
    long millis = Math.max(1, patience.toMillis());
    Written written = writer.write(request, callerHeaders, lease);
    Future<HttpClientRequest> opened = client.request(written.options());
    long timer =
        vertx.setTimer(
            millis,
            _ -> {
              if (answer.tryComplete(new Silent("Meta did not answer in time"))) {
                opened.onSuccess(HttpClientRequest::reset);
              }
            });
    opened
        .compose(
            call -> answer.future().isComplete() ? unsent(call) : written.payload().sendOn(call))
        .onSuccess(response -> hold(response, answer, roomy ? HELD_BACK_OF_BATCHES : HELD_BACK))
        .onFailure(failure -> answer.tryComplete(unreachable(failure)));
    return answer.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  /// Its time was over before there was a connection for it, which goes to whoever waits next. The
  /// client is not left to give up by itself: it would forget connections that are being made.
  private static Future<HttpClientResponse> unsent(HttpClientRequest call) {
    call.reset();
    return Future.failedFuture("Too late to be sent");
  }

  private MetaAnswer unreachable(Throwable failure) {
    if (failure instanceof ConnectionPoolTooBusyException) {
      crowded.increment();
      return new Crowded();
    }
    return new Silent("Meta could not be reached");
  }

  private static void hold(HttpClientResponse response, Promise<MetaAnswer> answer, int heldBack) {
    if (!List.of("", "identity").contains(header(response, "Content-Encoding"))) {
      response.request().reset();
      answer.tryComplete(new Silent("Meta answered in an encoding nobody asked for"));
      return;
    }
    Buffer held = Buffer.buffer();
    response.exceptionHandler(_ -> answer.tryComplete(new Silent("Meta broke off its answer")));
    response.endHandler(_ ->
        answer.tryComplete(new Answered(response.statusCode(), response.headers(), held, null)));
    response.handler(chunk -> {
      held.appendBuffer(chunk);
      if (held.length() > heldBack) {
        response.pause();
        answer.tryComplete(new Answered(response.statusCode(), response.headers(), held, response));
      }
    });
  }

  private static String header(HttpClientResponse response, String name) {
    String value = response.getHeader(name);
    return value == null ? "" : value;
  }
}
