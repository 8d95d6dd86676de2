package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.GatewayConfig;
import io.tokenwarden.gateway.answer.AnswerFilter;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.call.Stalls.Side;
import io.tokenwarden.gateway.call.Stalls.Watch;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.request.PresentedHandle;
import io.tokenwarden.graph.Meaning;
import io.tokenwarden.graph.Remedy;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes answers: Meta's, made fit for the caller, and our own. Each carries what the gateway
/// makes of it in `X-Tokenwarden-*` headers.
@ApplicationScoped
class Answers {

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);

  /// Shorter ones fit into one packet as they are.
  private static final int WORTH_COMPRESSING = 1024;

  private static final Pattern COMPRESSION =
      Pattern.compile("gzip|deflate", Pattern.CASE_INSENSITIVE);

  /// They concern one connection, or a length that changes when the body does.
  private static final Set<String> NOT_HANDED_ON =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "content-encoding",
          "alt-svc",
          "set-cookie",
          "strict-transport-security");

  private final URI gateway;
  private final Stalls stalls;

  @Inject
  Answers(GatewayConfig config, Stalls stalls) {
    this.gateway = config.url();
    this.stalls = stalls;
  }

  /// @param generation null where the refusal concerns none
  Future<Void> refuse(HttpServerResponse response, Refusal refusal, Long generation) {
    response.setStatusCode(refusal.status());
    response.putHeader("Content-Type", "application/json; charset=UTF-8");
    response.putHeader("X-Tokenwarden-Category", refusal.category().name());
    response.putHeader("X-Tokenwarden-Remedy", refusal.remedy().code());
    if (generation != null) {
      response.putHeader("X-Tokenwarden-Generation", generation.toString());
    }
    if (refusal.retryAfter() != null) {
      response.putHeader("Retry-After", seconds(refusal.retryAfter()));
      response.putHeader("X-Tokenwarden-Retry-After", seconds(refusal.retryAfter()));
    }
    if (refusal.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    return response.end(refusal.body());
  }

  /// What the gateway answers by itself.
  Future<Void> tell(HttpServerResponse response, String json) {
    response.putHeader("Content-Type", "application/json; charset=UTF-8");
    return response.end(json);
  }

  /// Hands on what Meta said.
  ///
  /// @param meaning of the failure it tells of; empty if it tells of none
  /// @param shown what the caller asked with, if that is to lead to further pages, too
  /// @param wait how long it is useless to ask again, where that is known
  /// @return completes once the caller has it, or will never have it
  Future<Void> deliver(
      HttpServerRequest caller,
      Answered answer,
      Optional<Meaning> meaning,
      Optional<Duration> wait,
      CredentialLease lease,
      Optional<PresentedHandle> shown) {
    HttpServerResponse response = caller.response();
    AnswerFilter filter =
        new AnswerFilter(lease.secrets(), gateway, shown.map(PresentedHandle::value).orElse(null));
    response.setStatusCode(answer.status());
    answer
        .headers()
        .forEach((name, value) -> {
          if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
            response.headers().add(name, filter.header(value));
          }
        });
    response.putHeader("X-Tokenwarden-Generation", Long.toString(lease.generation()));
    meaning.ifPresent(it -> describe(response, it, wait));
    compressIfWorthIt(caller, answer);

    Buffer first = Buffer.buffer(filter.accept(answer.held().getBytes()));
    return answer.rest() == null
        ? end(caller, first.appendBytes(filter.finish()))
        : new Passage(caller, answer.rest(), filter, stalls).begin(first);
  }

  private Future<Void> end(HttpServerRequest caller, Buffer body) {
    Future<Void> ended = caller.response().end(body);
    if (!ended.isComplete()) {
      Watch watch = stalls.watch(Side.CALLER, () -> Stalls.cutOff(caller));
      ended.onComplete(_ -> watch.end());
    }
    return ended;
  }

  /// Netty compresses what the caller takes compressed, unless `identity` stands in its way, as
  /// Quarkus has put it there. The filter has run by then: compressed bytes hide nothing.
  private static void compressIfWorthIt(HttpServerRequest caller, Answered answer) {
    MultiMap headers = caller.response().headers();
    boolean text = isText(answer.headers().get("Content-Type"));
    String accepted = caller.headers().get("Accept-Encoding");
    boolean worthIt =
        text && answer.held().length() >= WORTH_COMPRESSING && namesACompression(accepted);
    boolean neverCompressed = answer.hasNoBody() || accepted == null;
    if (worthIt || neverCompressed) {
      headers.remove("Content-Encoding");
    }
    if (text && !headers.contains("Vary", "Accept-Encoding", true)) {
      headers.add("Vary", "Accept-Encoding");
    }
  }

  /// Whoever takes anything may understand nothing: the PHP SDK says `*` and unpacks none.
  private static boolean namesACompression(String accepted) {
    return accepted != null && COMPRESSION.matcher(accepted).find();
  }

  private static boolean isText(String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.startsWith("application/json")
        || type.startsWith("application/javascript");
  }

  private static void describe(
      HttpServerResponse response, Meaning meaning, Optional<Duration> wait) {
    response.putHeader("X-Tokenwarden-Category", meaning.category().name());
    response.putHeader("X-Tokenwarden-Remedy", meaning.remedy().code());
    wait.or(() -> retryAfter(meaning))
        .ifPresent(it -> response.putHeader("X-Tokenwarden-Retry-After", seconds(it)));
  }

  private static Optional<Duration> retryAfter(Meaning meaning) {
    return meaning.remedy() == Remedy.RETRY_LATER ? Optional.of(AFTER_A_FAULT) : Optional.empty();
  }

  /// Rounded up: who waits this long does not come too early.
  private static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
