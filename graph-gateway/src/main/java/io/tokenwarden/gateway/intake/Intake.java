package io.tokenwarden.gateway.intake;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.intake.Taken.TurnedAway;
import io.tokenwarden.gateway.intake.Taken.Whole;
import io.tokenwarden.gateway.request.Body;
import io.tokenwarden.gateway.request.Body.Empty;
import io.tokenwarden.gateway.request.Body.Form;
import io.tokenwarden.gateway.request.Body.Json;
import io.tokenwarden.gateway.request.Body.Parts;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.HeaderValue;
import io.tokenwarden.gateway.request.MalformedException;
import io.tokenwarden.gateway.request.MultipartReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Takes in the body of a call: files onto the disk, all else into memory.
@ApplicationScoped
public class Intake {

  /// For a whole body to come.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration SOON = Duration.ofSeconds(5);

  /// Bytes of a body, without its files.
  private static final int MOST = 1024 * 1024;

  private static final Set<String> PLAIN = Set.of("", "identity");

  /// Collects the chunks of one kind of body.
  private interface Collector {

    /// @throws MalformedException if it is not what it says it is
    void accept(byte[] chunk);

    /// @throws MalformedException if something is missing
    Future<Body> finish();

    /// Bytes that it takes.
    default long most() {
      return MOST;
    }

    /// The call is over, or never was.
    default void discard() {}
  }

  private final Vertx vertx;
  private final Spool spool;

  @Inject
  Intake(Vertx vertx, Spool spool) {
    this.vertx = vertx;
    this.spool = spool;
  }

  /// To be called on the event loop of the call, before anything else is awaited: chunks that
  /// nobody takes are lost. Fails if the caller goes away.
  public Future<Taken> take(HttpServerRequest caller) {
    if (!hasBody(caller)) {
      return Future.succeededFuture(Whole.of(new Empty()));
    }
    try {
      Collector collector = collector(caller);
      return announced(caller) > collector.most()
          ? Future.succeededFuture(new TurnedAway(Refusal.tooLarge(collector.most())))
          : collect(caller, collector);
    } catch (MalformedException e) {
      return Future.succeededFuture(new TurnedAway(Refusal.malformed(e.getMessage())));
    }
  }

  private static boolean hasBody(HttpServerRequest caller) {
    return caller.headers().contains("Transfer-Encoding")
        || !header(caller, "Content-Length").matches("0*");
  }

  /// Nobody waits for a body that will be too large.
  private static long announced(HttpServerRequest caller) {
    String length = header(caller, "Content-Length");
    return length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }

  private Collector collector(HttpServerRequest caller) {
    if (!PLAIN.contains(header(caller, "Content-Encoding"))) {
      throw new MalformedException("A body comes uncompressed");
    }
    String type = header(caller, "Content-Type");
    HeaderValue parsed = type.isEmpty() ? null : HeaderValue.parse(type);
    return switch (parsed == null ? "" : parsed.value()) {
      case "application/x-www-form-urlencoded" -> new Text(Form::new);
      case "application/json" -> new Text(Json::new);
      case "multipart/form-data" -> new Multipart(parsed, caller, spool);
      default ->
          throw new MalformedException("A body is a form, JSON or multipart, and says which");
    };
  }

  private Future<Taken> collect(HttpServerRequest caller, Collector collector) {
    Promise<Taken> taken = Promise.promise();
    long[] length = {0};
    caller.exceptionHandler(taken::tryFail);
    caller.endHandler(_ -> complete(taken, collector));
    caller.handler(chunk -> {
      length[0] += chunk.length();
      if (length[0] > collector.most()) {
        turnAway(caller, taken, Refusal.tooLarge(collector.most()));
      } else {
        accept(caller, taken, collector, chunk);
      }
    });
    long timer = vertx.setTimer(PATIENCE.toMillis(), _ -> turnAway(caller, taken, tooSlow()));
    return taken
        .future()
        .onComplete(_ -> vertx.cancelTimer(timer))
        .onComplete(result -> {
          if (!(result.result() instanceof Whole)) {
            collector.discard();
          }
        });
  }

  private static Refusal tooSlow() {
    return Refusal.malformed("A body comes within five minutes");
  }

  private static void accept(
      HttpServerRequest caller, Promise<Taken> taken, Collector collector, Buffer chunk) {
    try {
      collector.accept(chunk.getBytes());
    } catch (MalformedException e) {
      turnAway(caller, taken, Refusal.malformed(e.getMessage()));
    } catch (NoRoomException _) {
      turnAway(caller, taken, Refusal.transientFault("There is no room for uploads", SOON));
    }
  }

  /// What still comes of the body is thrown away.
  private static void turnAway(HttpServerRequest caller, Promise<Taken> taken, Refusal refusal) {
    if (!caller.isEnded()) {
      caller.handler(_ -> {}).resume();
    }
    taken.tryComplete(new TurnedAway(refusal));
  }

  private static void complete(Promise<Taken> taken, Collector collector) {
    if (taken.future().isComplete()) {
      return;
    }
    try {
      collector
          .finish()
          .onSuccess(body -> {
            if (!taken.tryComplete(new Whole(body, collector::discard))) {
              collector.discard();
            }
          })
          .onFailure(taken::tryFail);
    } catch (MalformedException e) {
      taken.complete(new TurnedAway(Refusal.malformed(e.getMessage())));
    }
  }

  private static String header(HttpServerRequest caller, String name) {
    String value = caller.getHeader(name);
    return value == null ? "" : value;
  }

  private static final class Text implements Collector {
    private final Function<String, Body> form;
    private final Buffer text = Buffer.buffer();

    Text(Function<String, Body> form) {
      this.form = form;
    }

    @Override
    public void accept(byte[] chunk) {
      text.appendBytes(chunk);
    }

    @Override
    public Future<Body> finish() {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes());
        return Future.succeededFuture(
            form.apply(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString()));
      } catch (CharacterCodingException _) {
        throw new MalformedException("The request is not UTF-8");
      }
    }
  }

  private static final class Multipart implements Collector {
    private final Spool spool;
    private final HttpServerRequest caller;
    private final Upload upload;
    private final MultipartReader reader;

    Multipart(HeaderValue type, HttpServerRequest caller, Spool spool) {
      this.spool = spool;
      this.caller = caller;
      this.upload = spool.upload();
      this.reader = new MultipartReader(type, MOST, upload);
      upload.drained(caller::resume);
    }

    /// The caller sends no faster than the disk takes it.
    @Override
    public void accept(byte[] chunk) {
      reader.accept(chunk);
      if (upload.isFull()) {
        caller.pause();
      }
    }

    @Override
    public Future<Body> finish() {
      List<Parameter> fields = reader.finish();
      return upload.files().map(files -> new Parts(fields, files));
    }

    @Override
    public long most() {
      return spool.limit();
    }

    @Override
    public void discard() {
      upload.delete();
    }
  }
}
