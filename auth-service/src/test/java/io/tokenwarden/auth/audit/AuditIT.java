package io.tokenwarden.auth.audit;

import static io.restassured.RestAssured.given;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The audit log on a real database, whose superuser plays the one who would rather not have been
/// seen.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class AuditIT {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final Map<String, String> BEARERS = new ConcurrentHashMap<>();

  /// Entries that keep two sealers busy for a second.
  private static final int ENOUGH = 400;

  @Inject AuditLog audit;
  @Inject Sealer sealer;
  @Inject Pool pool;
  @Inject Vertx vertx;
  @Inject DatabaseSignals signals;
  @Inject AuditConfig config;
  @Inject Clock clock;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String url;

  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  /// Entries of a test are told from others' by their workspace.
  private final WorkspaceId workspace =
      WorkspaceId.of("audit-" + UUID.randomUUID().toString().substring(0, 8));

  @Test
  void whatIsWrittenIsSealedAndVerifies() {
    // when
    write(3);

    // then
    awaitSealed();
    verify().then().body("intact", equalTo(true), "broken", equalTo(null));
  }

  @Test
  void aChangedEntryIsFound() throws SQLException {
    // given
    write(3);
    awaitSealed();
    var second = positions().get(1);

    // when
    asOwner("update auth.audit_log set actor = 'nobody' where position = " + second);

    // then
    isBroken("CHANGED", second);

    // and when
    asOwner("update auth.audit_log set actor = 'ann' where position = " + second);

    // then
    verify().then().body("intact", equalTo(true));
  }

  @Test
  void aRemovedEntryIsFound() throws SQLException {
    // given
    write(3);
    awaitSealed();
    var second = positions().get(1);
    asOwner("create table auth.audit_kept as table auth.audit_log");

    // when
    asOwner("delete from auth.audit_log where position = " + second);

    // then
    isBroken("DELETED", second);
    putBack(second);
  }

  @Test
  void entriesInAnotherOrderAreFound() throws SQLException {
    // given
    write(3);
    awaitSealed();
    var second = positions().get(1);
    var third = positions().get(2);

    // when
    exchange(second, third);

    // then
    isBroken("CHANGED", second);
    exchange(second, third);
  }

  @Test
  void aMissingEndIsFound() throws SQLException {
    // given
    write(3);
    awaitSealed();
    var last = positions().get(2);
    asOwner("create table auth.audit_kept as table auth.audit_log");

    // when
    asOwner("delete from auth.audit_log where position >= " + last);

    // then
    isBroken("TRUNCATED", last);
    putBack(last);
  }

  /// Cut off together with what says where it ended: only who noted that down can tell.
  @Test
  void anEndThatIsMissingEverywhereIsFoundFromAPlaceThatWasNotedDown() throws SQLException {
    // given
    write(2);
    awaitSealed();
    var noted = end();
    var place = Link.parse(noted);
    asOwner("create table auth.audit_kept as table auth.audit_log");
    asOwner("create table auth.head_kept as table auth.audit_head");

    // when
    asOwner("delete from auth.audit_log where position >= " + place.position());
    asOwner(
        "update auth.audit_head set (position, hash) = (select position, hash from auth.audit_log"
            + " where position is not null order by position desc limit 1)");

    // then
    verify().then().body("intact", equalTo(true));
    assertThat(verifyFrom(noted).getString("broken.kind")).isEqualTo("TRUNCATED");
    asOwner(
        "update auth.audit_head set (position, hash) = (select position, hash from"
            + " auth.head_kept)");
    asOwner("drop table auth.head_kept");
    putBack(place.position());
    assertThat(verifyFrom(noted).getBoolean("intact")).isTrue();
  }

  @Test
  void aLogThatWasWrittenAnewIsFoundFromAPlaceThatWasNotedDown() {
    // given
    write(1);
    awaitSealed();
    var place = Link.parse(end());

    // when
    var another = new Link(place.position(), new byte[32]);

    // then
    assertThat(verifyFrom(another.toString()).getString("broken.kind")).isEqualTo("CHANGED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set actor = 'nobody' where id = (select max(id) from audit_log)",
        "update audit_log set hash = null, position = null where position = 1",
        "delete from audit_log where id = (select max(id) from audit_log)",
        "truncate audit_log",
        "update audit_head set position = position - 1",
        "delete from audit_head",
        "truncate audit_head",
        "insert into audit_log (at, actor, action, workspace_id, detail, position, hash)"
            + " values (now(), 'ann', 'x', 'demo', '', 1000000, 'x')"
      })
  void theServiceItselfCannotTakeBackWhatItWrote(String statement) {
    // given
    write(1);
    awaitSealed();

    // when / then
    assertThatThrownBy(() -> Transactions.await(() -> pool.query(statement).execute()))
        .isInstanceOfSatisfying(
            PgException.class,
            refused -> assertThat(refused.getSqlState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
  }

  /// Entries get their ids when they are written and are seen when they are committed.
  @Test
  void anEntryThatIsCommittedLateIsSealedLate() throws SQLException {
    // given
    try (var late = superuser();
        var statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute(
          "insert into auth.audit_log (at, actor, action, workspace_id, detail)"
              + " values (now(), 'late', 'test', '%s', '')".formatted(workspace));

      // when
      write(1);
      await().until(() -> seal() && positions().size() == 1);
      late.commit();
    }

    // then
    await().until(() -> seal() && positions().size() == 2);
    assertThat(entries().<String>getList("items.sort { it.position }.actor"))
        .containsExactly("ann", "late");
    assertThat(entries().<String>getList("items.sort { it.id }.actor"))
        .containsExactly("late", "ann");
    verify().then().body("intact", equalTo(true));
  }

  /// Two replicas that seal side by side, each with sessions of its own, beside the service's own
  /// worker. The table lets no entry be sealed twice: a sealer that tried would fail.
  @Test
  void sealersOfTwoReplicasMakeOneChainOfAllThatIsCommittedMeanwhile() throws Exception {
    // given
    var written = 0;
    try (var one = replica();
        var other = replica();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing = new AtomicBoolean(true);
      var sealing =
          Stream.of(one, other).map(each -> threads.submit(() -> each.sealWhile(writing))).toList();

      // when
      try {
        while (written < ENOUGH || one.sealed() == 0 || other.sealed() == 0) {
          written += writeAtOnce(threads);
          assertThat(written).as("written before both had sealed").isLessThan(100 * ENOUGH);
        }
      } finally {
        writing.set(false);
      }

      // then
      for (var sealer : sealing) {
        sealer.get();
      }
    }
    int all = written;
    await().until(() -> seal() && positions().size() == all);
    assertThat(positions()).doesNotHaveDuplicates();
    verify().then().body("intact", equalTo(true), "unsealed.entries", equalTo(0));
  }

  /// Entries get their ids in another order than they are committed.
  private int writeAtOnce(ExecutorService threads) throws Exception {
    int writers = 4;
    int each = 10;
    Callable<Void> writer = () -> write(each);
    for (var done : threads.invokeAll(nCopies(writers, writer))) {
      done.get();
    }
    return writers * each;
  }

  private Replica replica() {
    var options =
        PgConnectOptions.fromUri(url.replace("vertx-reactive:", ""))
            .setUser(user)
            .setPassword(password);
    var sessions =
        new Pool(
            PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(1))
                .using(vertx)
                .build());
    var metrics = new SimpleMeterRegistry();
    return new Replica(
        sessions, new Sealer(sessions, vertx, signals, config, clock, metrics), metrics);
  }

  /// @param metrics which tell whether it has sealed anything
  private record Replica(Pool sessions, Sealer sealer, MeterRegistry metrics)
      implements AutoCloseable {
    Void sealWhile(AtomicBoolean writing) {
      while (writing.get()) {
        Transactions.await(sealer::round);
      }
      return null;
    }

    double sealed() {
      return metrics.get("tokenwarden.audit.sealed.through").gauge().value();
    }

    @Override
    public void close() {
      sessions.closeAndAwait();
    }
  }

  /// Who has the end of the chain in hand is not waited for, and nothing is sealed beside them.
  @Test
  void whileOneSealsTheOtherDoesNot() throws SQLException {
    // given
    try (var sealing = superuser();
        var statement = sealing.createStatement()) {
      sealing.setAutoCommit(false);
      statement.execute("select from auth.audit_head for update");
      write(1);

      // when
      var more = Transactions.await(sealer::round);

      // then
      assertThat(more).isFalse();
      assertThat(positions()).isEmpty();
    }
    awaitSealed();
  }

  @Test
  void entriesAreListedNewestFirstAPageAtATime() {
    // given
    write(5);

    // when
    var first = list("limit=2&workspace=" + workspace);
    var second =
        list("limit=2&workspace=%s&after=%s".formatted(workspace, first.getString("next")));
    var third =
        list("limit=2&workspace=%s&after=%s".formatted(workspace, second.getString("next")));

    // then
    var details = new ArrayList<String>();
    for (var page : List.of(first, second, third)) {
      details.addAll(page.getList("items.detail"));
    }
    assertThat(details).containsExactly("4", "3", "2", "1", "0");
    assertThat(third.getString("next")).isNull();
  }

  @Test
  void entriesAreFoundByTimeActionAndConnection() {
    // given
    write(1);
    var at = entries().getString("items[0].at");
    var connection = entries().getString("items[0].connectionId");

    // when / then
    assertThat(found("from=" + at)).isEqualTo(1);
    assertThat(found("to=" + at)).isZero();
    assertThat(found("to=9999-12-31T23:59:59Z")).isEqualTo(1);
    assertThat(found("action=test")).isEqualTo(1);
    assertThat(found("action=tes")).isZero();
    assertThat(found("connection=" + connection)).isEqualTo(1);
    assertThat(found("connection=" + UUID.randomUUID())).isZero();
  }

  private int found(String filter) {
    return list(filter + "&workspace=" + workspace).getList("items").size();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "to=2026-13-01T00:00:00Z",
        "connection=42",
        "after=x",
        "after=-1",
        "limit=0",
        "limit=1001"
      })
  void aFilterThatIsNoneIsRefused(String filter) {
    ask(admin(workspace.value()), "/auth/audit?" + filter + "&workspace=" + workspace)
        .then()
        .statusCode(400)
        .body("code", equalTo("BAD_REQUEST"));
  }

  @Test
  void strangersLearnNothing() {
    write(1);
    var list = "/auth/audit?workspace=" + workspace;
    given().get(list).then().statusCode(401);
    for (var role : List.of("viewer", "operator", "service")) {
      ask(SharedParts.bearers().of("ann", List.of(role), List.of("*")), list)
          .then()
          .statusCode(403);
    }
    ask(admin("other"), list).then().statusCode(404);
    ask(admin("other"), "/auth/audit?workspace=*").then().statusCode(404);
    ask(admin("other"), "/auth/audit").then().statusCode(400);
    ask(admin("other"), "/auth/audit/verification")
        .then()
        .statusCode(403)
        .body("code", equalTo("NOT_ALL_WORKSPACES"));
    ask(admin("*"), "/auth/audit/verification?after=42").then().statusCode(400);
    ask(admin("*"), "/auth/audit?workspace=*").then().statusCode(200);
  }

  // ---- writing

  private Void write(int entries) {
    for (int i = 0; i < entries; i++) {
      var detail = Integer.toString(i);
      Transactions.inTransaction(() -> audit.add("ann", "test", workspace, connection(), detail));
    }
    return null;
  }

  private static ConnectionId connection() {
    return new ConnectionId(UUID.randomUUID());
  }

  /// Whichever seals first, this or the service's own worker.
  private void awaitSealed() {
    await().until(() -> seal() && !entries().getList("items.position").contains(null));
  }

  private boolean seal() {
    Transactions.await(sealer::round);
    return true;
  }

  // ---- tampering

  private static void asOwner(String statement) throws SQLException {
    try (var superuser = superuser();
        var changes = superuser.createStatement()) {
      changes.execute("set session_replication_role = replica");
      changes.execute(statement);
    }
  }

  private static void exchange(long one, long other) throws SQLException {
    asOwner(
        """
        begin;
        create temp table place as select id, position, hash from auth.audit_log
          where position in (%1$d, %2$d);
        update auth.audit_log set position = null where position in (%1$d, %2$d);
        update auth.audit_log l set position = p.position, hash = p.hash
          from place p where p.position in (%1$d, %2$d) and l.id in (select id from place)
          and l.id <> p.id;
        commit
        """
            .formatted(one, other));
  }

  private static void putBack(long from) throws SQLException {
    asOwner(
        "insert into auth.audit_log overriding system value select * from auth.audit_kept k where"
            + " position >= "
            + from
            + " and not exists (select from auth.audit_log l where l.id = k.id)");
    asOwner("drop table auth.audit_kept");
  }

  private static Connection superuser() throws SQLException {
    return SharedParts.postgres().connect("tokenwarden");
  }

  // ---- asking

  private List<Long> positions() {
    var positions = new ArrayList<Long>();
    for (var page = entries(); page != null; page = nextOf(page)) {
      for (Number position : page.<Number>getList("items.position")) {
        if (position != null) {
          positions.add(position.longValue());
        }
      }
    }
    return positions.stream().sorted().toList();
  }

  private JsonPath nextOf(JsonPath page) {
    var next = page.getString("next");
    return next == null ? null : list("workspace=%s&after=%s".formatted(workspace, next));
  }

  private JsonPath entries() {
    return list("workspace=" + workspace);
  }

  private JsonPath list(String query) {
    return ask(admin(workspace.value()), "/auth/audit?" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static void isBroken(String kind, long position) {
    var answer = verify().jsonPath();
    assertThat(answer.getBoolean("intact")).isFalse();
    assertThat(answer.getString("broken.kind")).isEqualTo(kind);
    assertThat(answer.getLong("broken.position")).isEqualTo(position);
  }

  /// The end of the chain.
  private static String end() {
    return verify().jsonPath().getString("through");
  }

  private static Response verify() {
    return ask(admin("*"), "/auth/audit/verification");
  }

  private static JsonPath verifyFrom(String place) {
    return ask(admin("*"), "/auth/audit/verification?after=" + place).jsonPath();
  }

  private static Response ask(String bearer, String path) {
    return given().auth().oauth2(bearer).get(path);
  }

  private static String admin(String workspace) {
    return BEARERS.computeIfAbsent(
        workspace,
        seen -> SharedParts.bearers().of("ann", List.of("security-admin"), List.of(seen)));
  }
}
