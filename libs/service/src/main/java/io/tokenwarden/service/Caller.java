package io.tokenwarden.service;

import io.quarkus.security.identity.SecurityIdentity;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;

/// Who calls, and which workspaces it may see. What it may not see, it cannot learn to exist.
@RequestScoped
public class Caller {
  private final SecurityIdentity identity;

  @Inject
  Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /// The subject of the bearer token.
  public String subject() {
    return WorkspacesClaim.subject(identity.getPrincipal());
  }

  public boolean sees(WorkspaceId workspace) {
    var visible = workspaces();
    return visible.contains(WorkspaceId.ALL) || visible.contains(workspace);
  }

  /// @return the same workspace, for chaining
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if the caller may not see it
  public WorkspaceId mustSee(WorkspaceId workspace) {
    if (!sees(workspace)) {
      throw Problems.notFound("There is no such workspace");
    }
    return workspace;
  }

  /// A workspace as a caller wrote it.
  ///
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it is missing or no workspace id;
  ///   404 if the caller may not see it
  public WorkspaceId mustSee(String workspace) {
    if (workspace == null || workspace.isBlank()) {
      throw Problems.badRequest("Say which workspace: ?workspace=…");
    }
    try {
      return mustSee(WorkspaceId.of(workspace));
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(e.getMessage());
    }
  }

  /// For what concerns all workspaces at once.
  ///
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem 403 if the caller does not see them all
  public void mustSeeAll() {
    if (!sees(WorkspaceId.ALL)) {
      throw Problems.of(
          Status.FORBIDDEN,
          "NOT_ALL_WORKSPACES",
          "This concerns all workspaces; it takes a bearer for all of them");
    }
  }

  /// As the claim says it: [WorkspaceId#ALL] among them stands for every workspace.
  public Set<WorkspaceId> workspaces() {
    return WorkspacesClaim.of(identity.getPrincipal());
  }
}
