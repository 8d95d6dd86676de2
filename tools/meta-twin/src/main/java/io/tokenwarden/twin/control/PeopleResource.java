package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.world.ExchangeHabit;
import io.tokenwarden.twin.world.Person;
import io.tokenwarden.twin.world.PolicyBlock;
import io.tokenwarden.twin.world.World;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// The control API of people and system users. `?app=` says which app a deed concerns; the managed
/// one if it is left out.
@Path("/twin/people")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PeopleResource {

  private final World world;
  private final Deeds deeds;
  private final Mint mint;

  @Inject
  PeopleResource(World world, Deeds deeds, Mint mint) {
    this.world = world;
    this.deeds = deeds;
    this.mint = mint;
  }

  @POST
  public Response add(PersonOrder order) {
    if (order == null) {
      throw new IllegalArgumentException("a person is a JSON object with a name");
    }
    return made(world.add(order.person()));
  }

  @GET
  public List<PersonInfo> everybody() {
    return world.everybody().stream().map(this::info).toList();
  }

  @GET
  @Path("{id}")
  public PersonInfo one(@RestPath String id) {
    return info(known(id));
  }

  /// A system user of the person's business.
  @POST
  @Path("{id}/system-users")
  public Response addSystemUser(@RestPath String id, SystemUserOrder order) {
    if (order == null || order.name() == null || order.name().isBlank()) {
      throw new IllegalArgumentException("a system user is a JSON object with a name");
    }
    return made(world.addSystemUser(known(id).id(), order.name().strip(), order.adAccounts()));
  }

  /// A token made by hand, told once.
  @POST
  @Path("{id}/tokens")
  public Response issue(@RestPath String id, TokenOrder order) {
    if (order == null) {
      throw new IllegalArgumentException("a token is a JSON object with kind and scopes");
    }
    return Response.status(Response.Status.CREATED)
        .entity(HandedOut.of(mint.issue(known(id), order)))
        .header("Cache-Control", "no-store")
        .build();
  }

  /// How exchanges of the person's tokens turn out.
  @PUT
  @Path("{id}/exchange")
  public void exchange(@RestPath String id, ExchangeHabit habit) {
    if (habit == null) {
      throw new IllegalArgumentException("what an exchange does is a JSON object");
    }
    world.changePerson(known(id).id(), person -> person.with(habit));
  }

  /// Keeps the person from writing until an instant, or until that is taken back.
  @PUT
  @Path("{id}/policy-block")
  public void block(@RestPath String id, BlockOrder order) {
    var block = order == null ? new BlockOrder(null, null).block() : order.block();
    world.changePerson(known(id).id(), person -> person.with(person.troubles().with(block)));
  }

  @DELETE
  @Path("{id}/policy-block")
  public void unblock(@RestPath String id) {
    deeds.happen(id, null, "unblock");
  }

  /// Something a person does, or that happens to one: see [Deeds].
  @POST
  @Path("{id}/{deed}")
  @Consumes(MediaType.WILDCARD)
  public void happen(@RestPath String id, @RestPath String deed, @RestQuery String app) {
    deeds.happen(id, app, deed);
  }

  /// Something that happens between a person and one of their `permissions`, `ad-accounts`,
  /// `pixels`, `pages`, `catalogs` or `businesses`.
  @POST
  @Path("{id}/{kind}/{thing}/{deed}")
  @Consumes(MediaType.WILDCARD)
  public void happen(
      @RestPath String id,
      @RestPath String kind,
      @RestPath String thing,
      @RestPath String deed,
      @RestQuery String app) {
    deeds.happen(id, app, kind, thing, deed);
  }

  private Response made(Person person) {
    return Response.status(Response.Status.CREATED).entity(info(person)).build();
  }

  private PersonInfo info(Person person) {
    return PersonInfo.of(person, world);
  }

  private Person known(String id) {
    return world.person(id).orElseThrow(NotFoundException::new);
  }

  /// @param adAccounts those assigned to it, by id; null for all of the person's
  public record SystemUserOrder(String name, Set<String> adAccounts) {}

  /// @param kind null for a policy block: 368
  /// @param until null for until it is taken back
  public record BlockOrder(PolicyBlock.Kind kind, Instant until) {

    PolicyBlock block() {
      return new PolicyBlock(kind == null ? PolicyBlock.Kind.POLICY : kind, until);
    }
  }
}
