package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.Verb;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;

/// Writes a call as Meta gets it: our address, our credential, our spelling of what was asked. Of
/// the caller's own bytes none is sent. Here, and nowhere else, a token is revealed.
final class MetaRequestWriter {

  /// What a caller may say to Meta beside the address.
  private static final List<String> FORWARDED =
      List.of("Accept", "Accept-Language", "If-None-Match");

  /// A longer query is sent as a form, with the verb beside it: not everybody takes a request line
  /// of more than 4 KiB, and the credential is in it too.
  private static final int LONGEST_QUERY = 2_000;

  private final URI graph;
  private final String prefix;

  /// @param graph the only address it writes to
  MetaRequestWriter(URI graph) {
    this.graph = graph;
    this.prefix = graph.getRawPath().replaceFirst("/+$", "");
  }

  /// @param body null for none
  record Written(RequestOptions options, Buffer body) {}

  Written write(GraphRequest request, MultiMap callerHeaders, CredentialLease lease) {
    String form = request.form();
    boolean inQuery = request.verb() != Verb.POST && form.length() <= LONGEST_QUERY;
    StringBuilder address = address(request, lease);
    if (inQuery) {
      return new Written(
          options(
              HttpMethod.valueOf(request.verb().name()),
              form.isEmpty() ? address : address.append('&').append(form),
              callerHeaders),
          null);
    }
    if (request.verb() != Verb.POST) {
      address.append("&method=").append(request.verb());
    }
    return new Written(
        options(HttpMethod.POST, address, callerHeaders)
            .putHeader("Content-Type", "application/x-www-form-urlencoded"),
        Buffer.buffer(form));
  }

  private RequestOptions options(HttpMethod method, StringBuilder address, MultiMap callerHeaders) {
    boolean tls = "https".equals(graph.getScheme());
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(graph.getHost())
            .setPort(graph.getPort() < 0 ? (tls ? 443 : 80) : graph.getPort())
            .setSsl(tls)
            .setURI(address.toString())
            .putHeader("Accept-Encoding", "identity")
            .putHeader("User-Agent", "tokenwarden");
    FORWARDED.stream()
        .filter(callerHeaders::contains)
        .forEach(name -> options.putHeader(name, String.join(", ", callerHeaders.getAll(name))));
    return options;
  }

  private StringBuilder address(GraphRequest request, CredentialLease lease) {
    StringBuilder address = new StringBuilder(prefix).append(request.path());
    address
        .append("?access_token=")
        .append(GraphRequest.encoded(lease.accessToken().revealSecret()));
    if (lease.appsecretProof() != null) {
      address.append("&appsecret_proof=").append(lease.appsecretProof().revealSecret());
    }
    return address;
  }
}
