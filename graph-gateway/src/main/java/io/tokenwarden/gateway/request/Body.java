package io.tokenwarden.gateway.request;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.util.List;

/// What came after the request line and the headers. Whatever its form, it is read into the same
/// parameters as a query. May hold credentials; never shows itself.
public sealed interface Body {

  record Empty() implements Body {}

  /// `application/x-www-form-urlencoded`.
  record Form(String text) implements Body {
    @Override
    public String toString() {
      return "Form[****]";
    }
  }

  /// `application/json`: an object, whose members are the parameters.
  record Json(String text) implements Body {
    @Override
    public String toString() {
      return "Json[****]";
    }
  }

  /// `multipart/form-data`.
  record Parts(List<Parameter> fields, List<SentFile> files) implements Body {
    public Parts {
      fields = List.copyOf(fields);
      files = List.copyOf(files);
    }

    @Override
    public String toString() {
      return "Parts[****]";
    }
  }
}
