package io.tokenwarden.testsupport.check;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.stack.ServicePlan;
import io.tokenwarden.testsupport.fleet.Database;
import java.util.function.Function;
import java.util.stream.Stream;

/// Nothing waits to be sent, nobody holds a lease, no question is open, and there is no dead
/// letter.
record NothingStuck(Recording recording, Database database) implements Rule {

  @Override
  public Stream<String> differences() {
    return Stream.of(
            Stream.of(Service.values()).flatMap(this::unsent),
            rows(
                "an open question",
                """
                select connection_id, subject, attempts, due_at, leased_until
                from auth.question where answered_at is null
                """),
            rows(
                "work under way",
                """
                select connection_id, kind, leased_until from refresher.due_work
                where lease is not null
                """),
            rows(
                "work that failed",
                """
                select connection_id, kind, last_failure, due_at from refresher.due_work
                where lease is null and attempts > 0
                """),
            rows(
                "a run under way",
                """
                select ad_account_id, run_leased_until from sync.schedule
                where run_lease is not null
                """),
            recording.others().stream()
                .map(record ->
                    "a record that is no fact: " + record.place() + " " + record.headers()))
        .flatMap(Function.identity());
  }

  private Stream<String> unsent(Service service) {
    var schema = ServicePlan.of(service).schema();
    return rows(
        service.id() + " has not sent",
        "select id, topic, record_key, refused from " + schema + ".outbox");
  }

  private Stream<String> rows(String what, String query) {
    return database.rows(query).stream().map(row -> what + ": " + row);
  }
}
