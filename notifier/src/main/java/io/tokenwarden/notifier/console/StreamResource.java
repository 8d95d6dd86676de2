package io.tokenwarden.notifier.console;

import io.smallrye.mutiny.Multi;
import io.tokenwarden.notifier.projection.Visible;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.jboss.resteasy.reactive.ResponseHeader;

/// Tells an open page when to look again. It says no more than that: what the page then sees, it is
/// given by the same check as always.
@Path("/notify/stream")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class StreamResource {
  /// Shorter than the patience of any proxy.
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  /// A stream must not outlive the session by much: the browser asks again, with its cookie.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /// Changes come in bursts; one look is enough for each.
  private static final Duration BURST = Duration.ofMillis(200);

  private final Changes changes;
  private final Caller caller;

  @Inject
  StreamResource(Changes changes, Caller caller) {
    this.changes = changes;
    this.caller = caller;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  public Multi<OutboundSseEvent> stream(@Context Sse sse) {
    return Multi.createBy().merging().streams(changed(sse), heartbeat(sse)).select().first(LONGEST);
  }

  private Multi<OutboundSseEvent> changed(Sse sse) {
    return changes
        .in(new Visible(caller.workspaces()))
        .group()
        .intoLists()
        .every(BURST)
        .map(_ -> sse.newEventBuilder().name("changed").data("{}").build());
  }

  private static Multi<OutboundSseEvent> heartbeat(Sse sse) {
    return Multi.createFrom()
        .ticks()
        .every(HEARTBEAT)
        .onOverflow()
        .drop()
        .map(_ -> sse.newEventBuilder().comment("still here").build());
  }
}
