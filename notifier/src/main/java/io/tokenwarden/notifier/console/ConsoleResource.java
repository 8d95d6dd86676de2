package io.tokenwarden.notifier.console;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.notifier.NotifierConfig;
import io.tokenwarden.notifier.projection.Visible;
import io.tokenwarden.notifier.text.Texts;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;

/// The console, rendered here: whole, and its cards alone for a page that looks again.
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class ConsoleResource {
  private final Cards cards;
  private final Caller caller;
  private final SecurityIdentity identity;
  private final NotifierConfig config;
  private final Texts texts;

  @Inject
  ConsoleResource(
      Cards cards, Caller caller, SecurityIdentity identity, NotifierConfig config, Texts texts) {
    this.cards = cards;
    this.caller = caller;
    this.identity = identity;
    this.config = config;
    this.texts = texts;
  }

  @CheckedTemplate(basePath = "")
  static class Templates {
    static native TemplateInstance console(Texts texts, Viewer viewer, List<Section> sections);

    static native TemplateInstance console$cards(
        Texts texts, Viewer viewer, List<Section> sections);
  }

  @GET
  @WithSession
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  public Uni<TemplateInstance> page() {
    return sections().map(sections -> Templates.console(texts, viewer(), sections));
  }

  @GET
  @Path("console/cards")
  @WithSession
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  public Uni<TemplateInstance> cards() {
    return sections().map(sections -> Templates.console$cards(texts, viewer(), sections));
  }

  private Uni<List<Section>> sections() {
    return cards.sections(new Visible(caller.workspaces()));
  }

  private Viewer viewer() {
    return new Viewer(
        identity.getPrincipal().getName(), identity.hasRole(Roles.OPERATOR), config.localSignIn());
  }
}
