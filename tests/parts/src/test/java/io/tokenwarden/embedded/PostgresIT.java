package io.tokenwarden.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresIT {

  @TempDir Path folder;

  private Postgres postgres;

  @AfterEach
  void stop() {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void keepsCommittedRowsThroughAKill() throws SQLException {
    // given
    postgres = Postgres.start(settings("data", 0));
    run("create table kept (id int)");
    run("insert into kept values (42)");

    // when
    postgres.kill();
    postgres.restart();

    // then
    assertThat(ask("select id from kept")).isEqualTo("42");
  }

  @Test
  void writesToDiskBeforeItConfirms() throws SQLException {
    // when
    postgres = Postgres.start(settings("data", 0));

    // then
    assertThat(ask("show fsync")).isEqualTo("on");
    assertThat(ask("show synchronous_commit")).isEqualTo("on");
    assertThat(ask("show server_version")).startsWith("18.6");
    assertThat(ask("show server_encoding")).isEqualTo("UTF8");
    assertThat(ask("show listen_addresses")).isEqualTo("127.0.0.1");
  }

  @Test
  void endsAServerThatAKilledCallerLeftOnTheFolder() throws SQLException {
    // given
    var left = Postgres.start(settings("data", 0));

    // when
    postgres = Postgres.start(settings("data", 0));

    // then
    assertThat(left.process().isAlive()).isFalse();
    assertThat(ask("select 1")).isEqualTo("1");
  }

  @Test
  void noticesThatAnotherServerHasThePort() {
    // given
    postgres = Postgres.start(settings("data", 0));

    // when / then
    var same = settings("other", postgres.port());
    assertThatThrownBy(() -> Postgres.start(same))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PostgreSQL")
        .hasMessageContaining(Integer.toString(postgres.port()));
  }

  @Test
  void givesEachRoleASchemaThatNoOtherSees() throws SQLException {
    // given
    postgres = Postgres.start(settings("data", 0));
    var passwords = Map.of("auth", Password.random(), "sync", Password.random());

    // when
    Schemas.create(postgres.address(), passwords);
    Schemas.create(postgres.address(), passwords);

    // then
    try (var auth = login("auth", passwords);
        var sync = login("sync", passwords)) {
      auth.createStatement().execute("create table tokens (id int)");
      assertThat(first(auth, "select current_schema()")).isEqualTo("auth");
      for (var refused :
          List.of(
              "select * from auth.tokens",
              "create table public.t (id int)",
              "create table auth.t (id int)")) {
        assertThatThrownBy(() -> sync.createStatement().execute(refused))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("permission denied");
      }
    }
  }

  private PostgresSettings settings(String data, int port) {
    return new PostgresSettings(
        folder.resolve(data),
        Parts.here().cache(),
        port,
        new Password("local"),
        folder.resolve(data + ".log"));
  }

  private Connection login(String role, Map<String, Password> passwords) throws SQLException {
    return DriverManager.getConnection(
        postgres.address().jdbcUrl(Schemas.DATABASE), role, passwords.get(role).reveal());
  }

  private void run(String sql) throws SQLException {
    try (var connection = postgres.address().connect("postgres")) {
      connection.createStatement().execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (var connection = postgres.address().connect("postgres")) {
      return first(connection, sql);
    }
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (var answer = connection.createStatement().executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
