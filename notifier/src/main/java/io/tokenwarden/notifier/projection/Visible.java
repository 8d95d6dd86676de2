package io.tokenwarden.notifier.projection;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tokenwarden.contracts.WorkspaceId;
import java.util.Set;

/// Which workspaces a question is about: nothing of another one is ever answered.
///
/// @param workspaces [WorkspaceId#ALL] among them stands for every workspace
public record Visible(Set<WorkspaceId> workspaces) {
  public Visible {
    workspaces = Set.copyOf(workspaces);
  }

  public static Visible only(WorkspaceId workspace) {
    return new Visible(Set.of(workspace));
  }

  public boolean includes(WorkspaceId workspace) {
    return all() || workspaces.contains(workspace);
  }

  public boolean all() {
    return workspaces.contains(WorkspaceId.ALL);
  }

  public Set<String> names() {
    return workspaces.stream().map(WorkspaceId::value).collect(toUnmodifiableSet());
  }

  /// For `string_to_array(…, ' ')`: no workspace id contains a space.
  String words() {
    return String.join(" ", names());
  }
}
