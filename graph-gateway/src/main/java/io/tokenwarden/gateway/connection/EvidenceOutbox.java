package io.tokenwarden.gateway.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jboss.logging.Logger;

/// Hands evidence to auth-service, in the transaction of the row that makes it unique.
@ApplicationScoped
class EvidenceOutbox {

  private static final Logger LOG = Logger.getLogger(EvidenceOutbox.class);

  private final Outbox outbox;
  private final MeterRegistry metrics;

  @Inject
  EvidenceOutbox(Outbox outbox, MeterRegistry metrics) {
    this.outbox = outbox;
    this.metrics = metrics;
  }

  Uni<Void> add(FailedCall call, Instant now) {
    GraphError error = call.error();
    metrics
        .counter("tokenwarden.gateway.evidence", "category", error.meaning().category().name())
        .increment();
    LOG.infof(
        "A call gives reason to ask about connection %s, generation %d, revision %d: %s, Graph code %s/%s",
        call.token().connection(),
        call.token().generation(),
        call.revision(),
        call.suspicion(),
        error.code(),
        error.subcode());
    return outbox.add(suspected(call, now));
  }

  private static TokenSuspected suspected(FailedCall call, Instant now) {
    TokenIdentity token = call.token();
    GraphError error = call.error();
    return new TokenSuspected(
        token.workspace(),
        token.connection(),
        token.generation(),
        call.revision(),
        token.appId(),
        token.metaUserId(),
        token.tokenType(),
        now,
        error.meaning().category(),
        new GraphErrorInfo(
            error.code(), error.subcode(), error.type(), error.httpStatus(), error.fbtraceId()),
        call.endpoint(),
        call.assetId(),
        call.suspicion());
  }
}
