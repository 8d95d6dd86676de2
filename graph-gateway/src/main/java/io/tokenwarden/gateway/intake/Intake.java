package io.tokenwarden.gateway.intake;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.intake.Taken.TurnedAway;
import io.tokenwarden.gateway.intake.Taken.Whole;
import io.tokenwarden.gateway.request.Body;
import io.tokenwarden.gateway.request.Body.Empty;
import io.tokenwarden.gateway.request.Body.Form;
import io.tokenwarden.gateway.request.Body.Json;
import io.tokenwarden.gateway.request.Body.Parts;
import io.tokenwarden.gateway.request.HeaderValue;
import io.tokenwarden.gateway.request.MalformedException;
import io.tokenwarden.gateway.request.MultipartReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;

/// Takes in the body of a call.
@ApplicationScoped
public class Intake {

  /// Bytes of a body. Whoever sends more sends files.
  static final int MOST = 1024 * 1024;

  private static final Set<String> PLAIN = Set.of("", "identity");

  /// Collects the chunks of one kind of body.
  private interface Collector {

    /// @throws MalformedException if it is not what it says it is
    void accept(byte[] chunk);

    /// @throws MalformedException if something is missing
    Body finish();
  }

  /// To be called on the event loop of the call, before anything else is awaited: chunks that
  /// nobody takes are lost. Fails if the caller goes away.
  public Future<Taken> take(HttpServerRequest caller) {
    if (!hasBody(caller)) {
      return Future.succeededFuture(new Whole(new Empty()));
    }
    try {
      return collect(caller, collector(caller));
    } catch (MalformedException e) {
      return Future.succeededFuture(new TurnedAway(Refusal.malformed(e.getMessage())));
    }
  }

  private static boolean hasBody(HttpServerRequest caller) {
    return caller.headers().contains("Transfer-Encoding")
        || !header(caller, "Content-Length").matches("0*");
  }

  private static Collector collector(HttpServerRequest caller) {
    if (!PLAIN.contains(header(caller, "Content-Encoding"))) {
      throw new MalformedException("A body comes uncompressed");
    }
    String type = header(caller, "Content-Type");
    HeaderValue parsed = type.isEmpty() ? null : HeaderValue.parse(type);
    return switch (parsed == null ? "" : parsed.value()) {
      case "application/x-www-form-urlencoded" -> new Text(Form::new);
      case "application/json" -> new Text(Json::new);
      case "multipart/form-data" -> new Multipart(new MultipartReader(parsed, MOST));
      default ->
          throw new MalformedException("A body is a form, JSON or multipart, and says which");
    };
  }

  private static Future<Taken> collect(HttpServerRequest caller, Collector collector) {
    Promise<Taken> taken = Promise.promise();
    int[] length = {0};
    caller.exceptionHandler(taken::tryFail);
    caller.endHandler(_ -> complete(taken, collector));
    caller.handler(chunk -> {
      length[0] += chunk.length();
      if (length[0] > MOST) {
        turnAway(caller, taken, Refusal.tooLarge(MOST));
      } else {
        accept(caller, taken, collector, chunk);
      }
    });
    return taken.future();
  }

  private static void accept(
      HttpServerRequest caller, Promise<Taken> taken, Collector collector, Buffer chunk) {
    try {
      collector.accept(chunk.getBytes());
    } catch (MalformedException e) {
      turnAway(caller, taken, Refusal.malformed(e.getMessage()));
    }
  }

  private static void turnAway(HttpServerRequest caller, Promise<Taken> taken, Refusal refusal) {
    caller.handler(_ -> {});
    taken.tryComplete(new TurnedAway(refusal));
  }

  private static void complete(Promise<Taken> taken, Collector collector) {
    if (taken.future().isComplete()) {
      return;
    }
    try {
      taken.complete(new Whole(collector.finish()));
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
    public Body finish() {
      try {
        return form.apply(
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(text.getBytes()))
                .toString());
      } catch (CharacterCodingException _) {
        throw new MalformedException("The request is not UTF-8");
      }
    }
  }

  private static final class Multipart implements Collector {
    private final MultipartReader reader;

    Multipart(MultipartReader reader) {
      this.reader = reader;
    }

    @Override
    public void accept(byte[] chunk) {
      reader.accept(chunk);
    }

    @Override
    public Body finish() {
      return new Parts(reader.finish());
    }
  }
}
