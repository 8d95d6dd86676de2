package io.tokenwarden.twin.control;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers orders that cannot be carried out, saying why.
final class Refusals {

  @ServerExceptionMapper
  Response refused(IllegalArgumentException e) {
    return Response.status(Response.Status.BAD_REQUEST)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("error", String.valueOf(e.getMessage())))
        .build();
  }
}
