package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.Verb;
import io.vertx.core.MultiMap;
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

  private final Host graph;
  private final Host video;

  /// @param graph the address it writes to
  /// @param video the address for videos
  MetaRequestWriter(URI graph, URI video) {
    this.graph = Host.of(graph);
    this.video = Host.of(video);
  }

  /// @param prefix of all paths
  private record Host(String name, int port, boolean tls, String prefix) {
    static Host of(URI address) {
      boolean tls = "https".equals(address.getScheme());
      return new Host(
          address.getHost(),
          address.getPort() < 0 ? (tls ? 443 : 80) : address.getPort(),
          tls,
          address.getRawPath().replaceFirst("/+$", ""));
    }
  }

  record Written(RequestOptions options, Payload payload) {}

  Written write(GraphRequest request, MultiMap callerHeaders, CredentialLease lease) {
    Host host = request.uploadsVideo() ? video : graph;
    StringBuilder address = address(host, request, lease);
    String form = request.form();
    if (!request.files().isEmpty()) {
      return new Written(
          options(host, HttpMethod.POST, address, callerHeaders),
          Payload.Multipart.of(request.parameters(), request.files()));
    }
    if (request.verb() != Verb.POST && form.length() <= LONGEST_QUERY) {
      return new Written(
          options(
              host,
              HttpMethod.valueOf(request.verb().name()),
              form.isEmpty() ? address : address.append('&').append(form),
              callerHeaders),
          new Payload.Nothing());
    }
    if (request.verb() != Verb.POST) {
      address.append("&method=").append(request.verb());
    }
    return new Written(
        options(host, HttpMethod.POST, address, callerHeaders), new Payload.Form(form));
  }

  private static RequestOptions options(
      Host host, HttpMethod method, StringBuilder address, MultiMap callerHeaders) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(host.name())
            .setPort(host.port())
            .setSsl(host.tls())
            .setURI(address.toString())
            .putHeader("Accept-Encoding", "identity")
            .putHeader("User-Agent", "tokenwarden");
    FORWARDED.stream()
        .filter(callerHeaders::contains)
        .forEach(name -> options.putHeader(name, String.join(", ", callerHeaders.getAll(name))));
    return options;
  }

  private static StringBuilder address(Host host, GraphRequest request, CredentialLease lease) {
    StringBuilder address = new StringBuilder(host.prefix()).append(request.path());
    address
        .append("?access_token=")
        .append(GraphRequest.encoded(lease.accessToken().revealSecret()));
    if (lease.appsecretProof() != null) {
      address.append("&appsecret_proof=").append(lease.appsecretProof().revealSecret());
    }
    return address;
  }
}
