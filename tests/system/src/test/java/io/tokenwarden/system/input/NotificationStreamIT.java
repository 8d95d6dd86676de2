package io.tokenwarden.system.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// A page that stays open while notifier dies and is started again: it finds its stream again by
/// itself, misses nothing that happened meanwhile, and shows nothing twice.
class NotificationStreamIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Client client = new Client(stack);

  @Test
  void aPageOutlivesNotifier() throws Exception {
    // given
    var person = twin.person("Watched", 1, 1);
    var connection = client.connect(person);
    var adAccount = person.adAccounts().getFirst();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> isSynced(adAccount));
    try (var page = new OpenPage(stack, () -> open(connection))) {
      await().atMost(PATIENCE).until(() -> page.opened() == 1);

      // when
      kill(stack.pid("notifier"));
      twin.changePassword(person);
      client.force(adAccount);

      // then
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(page.shown()).hasSize(1));
      assertThat(page.opened()).isGreaterThan(1);

      // and when
      client.reconnect(person, connection);

      // then
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(page.showsNow()).isEmpty());
      assertThat(page.shown()).as("all that ever came up").hasSize(1);
      assertThat(told(connection, "RESOLVED")).hasSize(1);
    }
  }

  private boolean isSynced(String adAccount) {
    return client
        .getJson("sync-worker", "/sync/schedules/" + adAccount + "?workspace=demo")
        .path("syncedThrough")
        .isTextual();
  }

  private List<String> open(String connection) {
    return told(connection, "OPEN");
  }

  private List<String> told(String connection, String state) {
    var answer =
        client.getJson("notifier", "/notify/notifications?workspace=demo&limit=200&state=" + state);
    return StreamSupport.stream(answer.get("items").spliterator(), false)
        .filter(item -> connection.equals(item.path("connectionId").asText()))
        .map(item -> text(item, "notificationId"))
        .toList();
  }

  private static String text(JsonNode item, String member) {
    return item.get(member).asText();
  }

  private static void kill(long pid) throws Exception {
    new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
  }
}
