package io.tokenwarden.stack.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Passes requests on to the services, and their answers back: cookies and event streams included,
/// nothing cached, nothing held back.
///
/// Services behind it see the public name as `Host` whatever the caller sent, and none of the
/// caller's `Forwarded` and `X-Forwarded-…` headers: nobody outside can make up an address that
/// ends in a link. A service that does not answer is a 502.
public final class Edge implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  /// An open event stream keeps its connection, so there must be plenty.
  private static final int CONNECTIONS_PER_SERVICE = 256;

  private static final List<String> NEVER_PASSED_ON =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-Forwarded-Ssl",
          "X-Forwarded-Server",
          "X-Real-IP");

  private final Vertx vertx;
  private final HttpClient client;
  private final Routes routes;
  private final HostAndPort publicName;

  private Edge(Vertx vertx, Routes routes, int port) {
    this.vertx = vertx;
    this.routes = routes;
    this.publicName = HostAndPort.create("localhost", port);
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(2_000),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE));
  }

  /// Starts listening on 127.0.0.1.
  ///
  /// @throws IllegalStateException if it cannot
  public static Edge start(int port, Routes routes) {
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    var edge = new Edge(vertx, routes, port);
    edge.listen(port);
    return edge;
  }

  private void listen(int port) {
    var options =
        new HttpServerOptions()
            .setHost(LOOPBACK)
            .setPort(port)
            .setMaxInitialLineLength(16 * 1024)
            .setMaxHeaderSize(32 * 1024)
            .setHttp2ClearTextEnabled(false);
    var proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(this::request)
            .addInterceptor(new Unforged());
    await(vertx.createHttpServer(options).requestHandler(proxy).listen(), "listening on " + port);
  }

  private Future<HttpClientRequest> request(ProxyContext exchange) {
    int port = routes.portFor(exchange.request().proxiedRequest().path());
    return client
        .request(new RequestOptions().setHost(LOOPBACK).setPort(port))
        .map(request -> request.authority(publicName));
  }

  /// Takes off what only a trusted proxy may say.
  private static final class Unforged implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext exchange) {
      NEVER_PASSED_ON.forEach(exchange.request().headers()::remove);
      return exchange.sendRequest();
    }
  }

  @Override
  public void close() {
    await(vertx.close(), "closing");
  }

  private static void await(Future<?> future, String what) {
    try {
      future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the edge was " + what, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The edge failed " + what, e);
    }
  }
}
