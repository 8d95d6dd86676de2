package io.tokenwarden.bench;

import io.tokenwarden.embedded.Schemas;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What broker and database need by themselves after a kill: a plain client of each, which tries
/// until it succeeds once.
final class Floors {
  private static final String TOPIC = "floor";
  private static final long PAUSE_NANOS = 2_000_000;

  private final Fleet fleet;

  Floors(Fleet fleet) {
    this.fleet = fleet;
    fleet.database().change("create table public.floor (at timestamptz not null)");
    createTopic();
  }

  private void createTopic() {
    try (var admin = Admin.create(Map.of("bootstrap.servers", fleet.kafka().bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Creating a topic", e.getCause());
    }
  }

  void produces() {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            fleet.kafka().bootstrapServers(),
            ProducerConfig.ACKS_CONFIG,
            "all");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, new byte[100])).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker did not come back", e.getCause());
    }
  }

  void inserts() {
    while (!isInserted()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isInserted() {
    try (var connection = fleet.postgres().address().connect(Schemas.DATABASE);
        var statement = connection.createStatement()) {
      return statement.executeUpdate("insert into public.floor values (now())") == 1;
    } catch (SQLException _) {
      return false;
    }
  }
}
