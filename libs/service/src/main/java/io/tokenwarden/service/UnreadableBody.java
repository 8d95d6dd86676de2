package io.tokenwarden.service;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers a body that is JSON and not what the endpoint takes: 400, naming the member.
class UnreadableBody {

  private static final int BEFORE_ALL_OTHERS = 1;

  @ServerExceptionMapper(priority = BEFORE_ALL_OTHERS)
  Response refused(MismatchedInputException mismatch) {
    var member =
        mismatch.getPath().stream().map(UnreadableBody::part).collect(Collectors.joining());
    var detail =
        member.isEmpty()
            ? "The body is not what this address takes"
            : "The body is not what this address takes: see %s".formatted(member);
    return Problems.badRequest(detail).toResponse();
  }

  /// Member names are those of the endpoint's own type: nothing of the caller is repeated.
  private static String part(Reference step) {
    return step.getFieldName() == null
        ? "[%d]".formatted(step.getIndex())
        : "/" + step.getFieldName();
  }
}
