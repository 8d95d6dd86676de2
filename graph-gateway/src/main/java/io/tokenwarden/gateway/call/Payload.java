package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.SentFile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import java.util.UUID;

/// What is sent after the head of a call to Meta.
sealed interface Payload {

  /// Completes with the answer, which may come before all was sent.
  Future<HttpClientResponse> sendOn(HttpClientRequest call);

  record Nothing() implements Payload {
    @Override
    public Future<HttpClientResponse> sendOn(HttpClientRequest call) {
      return call.send();
    }
  }

  record Form(String text) implements Payload {
    @Override
    public Future<HttpClientResponse> sendOn(HttpClientRequest call) {
      return call.putHeader("Content-Type", "application/x-www-form-urlencoded").send(text);
    }
  }

  /// Files are read while they are sent, no faster than Meta takes them.
  ///
  /// @param parameters with names that need no quoting, as have the files
  record Multipart(String boundary, List<Parameter> parameters, List<SentFile> files)
      implements Payload {

    private static final String LINE_END = "\r\n";

    static Multipart of(List<Parameter> parameters, List<SentFile> files) {
      return new Multipart("tokenwarden-" + UUID.randomUUID(), parameters, files);
    }

    @Override
    public Future<HttpClientResponse> sendOn(HttpClientRequest call) {
      call.putHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
          .putHeader("Content-Length", Long.toString(length()));
      Future<Void> sent = call.write(fields());
      for (SentFile file : files) {
        sent = sent.compose(_ -> send(file, call));
      }
      sent.compose(_ -> call.end(end())).onFailure(_ -> call.reset());
      return call.response();
    }

    private Future<Void> send(SentFile file, HttpClientRequest call) {
      return call.write(head(file))
          .compose(_ -> file.content().writeTo(call))
          .compose(_ -> call.write(LINE_END));
    }

    private long length() {
      long length = fields().length() + end().length();
      for (SentFile file : files) {
        length += head(file).length() + file.content().length() + LINE_END.length();
      }
      return length;
    }

    private Buffer fields() {
      Buffer fields = Buffer.buffer();
      for (Parameter parameter : parameters) {
        fields
            .appendString("--" + boundary + LINE_END)
            .appendString("Content-Disposition: form-data; name=\"" + parameter.name() + "\"")
            .appendString(LINE_END + LINE_END)
            .appendString(parameter.value() + LINE_END);
      }
      return fields;
    }

    private Buffer head(SentFile file) {
      return Buffer.buffer("--" + boundary + LINE_END)
          .appendString("Content-Disposition: form-data; name=\"" + file.name())
          .appendString("\"; filename=\"" + file.filename() + "\"" + LINE_END)
          .appendString("Content-Type: " + file.type() + LINE_END + LINE_END);
    }

    private Buffer end() {
      return Buffer.buffer("--" + boundary + "--" + LINE_END);
    }
  }
}
