package io.tokenwarden.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.WorkspaceId;
import jakarta.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspacesClaimTest {
  private static final WorkspaceId DEMO = WorkspaceId.of("demo");
  private static final WorkspaceId ACME = WorkspaceId.of("acme");

  @Test
  void readsAnArrayAndWordsAlike() {
    assertThat(WorkspacesClaim.of(Json.createArrayBuilder().add("demo").add("acme").build()))
        .containsExactlyInAnyOrder(DEMO, ACME);
    assertThat(WorkspacesClaim.of("demo  acme")).containsExactlyInAnyOrder(DEMO, ACME);
    assertThat(WorkspacesClaim.of(List.of("demo"))).containsExactly(DEMO);
  }

  @Test
  void grantsNothingWhereNothingIsSaid() {
    assertThat(WorkspacesClaim.of((Object) null)).isEmpty();
    assertThat(WorkspacesClaim.of("")).isEmpty();
    assertThat(WorkspacesClaim.of(17)).isEmpty();
  }

  @Test
  void passesOverWhatIsNoWorkspaceId() {
    assertThat(WorkspacesClaim.of("../etc demo")).containsExactly(DEMO);
  }
}
