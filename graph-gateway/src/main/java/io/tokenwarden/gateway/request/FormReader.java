package io.tokenwarden.gateway.request;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.util.ArrayList;
import java.util.List;

/// Reads `a=1&b=2`, in a query as in a body.
final class FormReader {

  private FormReader() {}

  /// In the caller's order.
  static List<Parameter> read(String form) {
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : form.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = Percent.decoded(equals < 0 ? pair : pair.substring(0, equals), true);
        String value = equals < 0 ? "" : Percent.decoded(pair.substring(equals + 1), true);
        parameters.add(new Parameter(name, value));
      }
    }
    return parameters;
  }
}
