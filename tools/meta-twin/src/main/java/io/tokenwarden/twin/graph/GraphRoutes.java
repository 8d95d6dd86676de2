package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.TwinConfig;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;

/// Every path that belongs neither to the dialog nor to the twin itself is a Graph call: read here,
/// served by [GraphService], and answered here.
@Singleton
final class GraphRoutes {

  private static final String GRAPH_PATHS =
      "/(?!twin(?:/|$)|control(?:/|$)|q(?:/|$)|(?:v\\d+\\.\\d+/)?dialog/).+";

  private static final long LARGEST_BODY = 64L << 20;

  private final TwinConfig config;
  private final GraphService service;
  private final Batch batch;
  private final TraceIds traceIds;

  @Inject
  GraphRoutes(TwinConfig config, GraphService service, Batch batch, TraceIds traceIds) {
    this.config = config;
    this.service = service;
    this.batch = batch;
    this.traceIds = traceIds;
  }

  void install(@Observes Router router) {
    var bodies = bodies();
    Stream.of(router.routeWithRegex(GRAPH_PATHS), router.post("/"))
        .forEach(route -> route.handler(bodies).blockingHandler(this::handle, false));
    router.get("/").blockingHandler(this::askForSeveral, false);
  }

  /// Without `ids` the address is the control page's.
  private void askForSeveral(RoutingContext context) {
    if (context.queryParams().contains("ids")) {
      handle(context);
    } else {
      context.next();
    }
  }

  /// Files that come with a call lie beside the state until it is answered.
  private BodyHandler bodies() {
    return BodyHandler.create(config.data().resolve("uploads").toString())
        .setBodyLimit(LARGEST_BODY)
        .setDeleteUploadedFilesOnEnd(true);
  }

  private void handle(RoutingContext context) {
    var request = request(context);
    var served =
        Batch.isOne(request)
            ? batch.serve(request)
            : service.serve(request, context.request().path());
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
    var etag = request.method().equals("GET") ? answer.etag() : Optional.<String>empty();
    etag.ifPresent(it -> response.putHeader("ETag", it));
    if (etag.isPresent() && etag.equals(known(context))) {
      response.setStatusCode(304).end();
    } else {
      response.end(answer.text());
    }
  }

  /// What the caller has already.
  private static Optional<String> known(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("If-None-Match"));
  }

  private static GraphRequest request(RoutingContext context) {
    var http = context.request();
    return GraphRequest.of(
            http.method().name(),
            http.path(),
            GraphBody.parameters(context),
            http.getHeader("Authorization"),
            http.scheme() + "://" + http.authority())
        .with(GraphBody.uploads(context));
  }
}
