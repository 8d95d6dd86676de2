package io.tokenwarden.auth.vault;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.vault.kek.KeyEncryptionKey;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/// The keys of the vault, for whoever operates it for all workspaces.
@Path("/auth/keys")
@RolesAllowed(Roles.SECURITY_ADMIN)
class KeysResource {
  private final KeyEncryptionKey kek;
  private final KeyRotations rotations;
  private final Caller caller;

  @Inject
  KeysResource(KeyEncryptionKey kek, KeyRotations rotations, Caller caller) {
    this.kek = kek;
    this.rotations = rotations;
    this.caller = caller;
  }

  /// What is to be rotated, besides what the operator's key wraps.
  ///
  /// @param dataKeys whether workspaces get new data keys; null: no
  record Order(Boolean dataKeys) {
    boolean wantsDataKeys() {
      return Boolean.TRUE.equals(dataKeys);
    }
  }

  @GET
  public Uni<KeysView> get() {
    caller.mustSeeAll();
    return kek.primary().chain(rotations::view);
  }

  /// Begins a rotation and answers how it stands; 409 `ROTATION_UNDER_WAY` if there is one. A total
  /// of 0 says that there is nothing to do.
  @POST
  @Path("/rotate")
  public Uni<KeysView> rotate(Order order) {
    caller.mustSeeAll();
    var dataKeys = order != null && order.wantsDataKeys();
    return kek.primary().chain(id -> rotations.begin(id, dataKeys, caller.subject()));
  }
}
