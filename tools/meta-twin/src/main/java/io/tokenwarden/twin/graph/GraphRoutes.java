package io.tokenwarden.twin.graph;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every path that belongs neither to the dialog nor to the twin itself is a Graph call: read here,
/// served by [GraphService], and answered here.
@Singleton
final class GraphRoutes {

  private static final String GRAPH_PATHS =
      "/(?!twin(?:/|$)|control(?:/|$)|q(?:/|$)|(?:v\\d+\\.\\d+/)?dialog/).+";

  private final GraphService service;
  private final TraceIds traceIds;

  @Inject
  GraphRoutes(GraphService service, TraceIds traceIds) {
    this.service = service;
    this.traceIds = traceIds;
  }

  void install(@Observes Router router) {
    router
        .routeWithRegex(GRAPH_PATHS)
        .handler(BodyHandler.create(false))
        .blockingHandler(this::handle, false);
  }

  private void handle(RoutingContext context) {
    var request = request(context);
    var served = service.serve(request, context.request().path());
    if (served.delay().isPositive()) {
      context
          .vertx()
          .setTimer(served.delay().toMillis(), _ -> send(context, request, served.answer()));
    } else {
      send(context, request, served.answer());
    }
  }

  private void send(RoutingContext context, GraphRequest request, GraphAnswer answer) {
    var response = context.response().setStatusCode(answer.status());
    response.putHeader("Content-Type", answer.contentType());
    response.putHeader("facebook-api-version", request.version());
    response.putHeader("x-fb-trace-id", answer.traceId().orElseGet(traceIds::next));
    answer.headers().forEach(response::putHeader);
    response.end(answer.text());
  }

  private static GraphRequest request(RoutingContext context) {
    var http = context.request();
    return GraphRequest.of(
        http.method().name(),
        http.path(),
        parameters(context),
        http.getHeader("Authorization"),
        http.scheme() + "://" + http.authority());
  }

  /// Query and body together; what is said twice counts as it is said first.
  private static Map<String, String> parameters(RoutingContext context) {
    var parameters = new LinkedHashMap<String, String>();
    putAll(parameters, context.queryParams());
    putAll(parameters, context.request().formAttributes());
    return parameters;
  }

  private static void putAll(Map<String, String> parameters, MultiMap more) {
    more.forEach(entry -> parameters.putIfAbsent(entry.getKey(), entry.getValue()));
  }
}
