package io.tokenwarden.system.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.ConnectionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of the house, as the architecture page states them. Each failure names the class that
/// broke one.
class HouseRulesTest {
  private static final Path HOME =
      Path.of(System.getProperty("tokenwarden.home", "../..")).toAbsolutePath().normalize();

  /// Package of each service, and where its classes are.
  private static final Map<String, String> SERVICES =
      Map.of(
          "auth", "auth-service",
          "gateway", "graph-gateway",
          "refresher", "token-refresher",
          "sync", "sync-worker",
          "notifier", "notifier");

  private static final JavaClasses CLASSES = importAll();

  private static JavaClasses importAll() {
    var folders =
        List.of(
                "auth-service",
                "graph-gateway",
                "token-refresher",
                "sync-worker",
                "notifier",
                "libs/contracts",
                "libs/graph-protocol",
                "libs/graph-client",
                "libs/outbox",
                "libs/service")
            .stream()
            .map(module -> HOME.resolve(module).resolve("target/classes"))
            .peek(folder -> assertThat(Files.isDirectory(folder)).as("%s", folder).isTrue())
            .toList();
    return new ClassFileImporter().importPaths(folders);
  }

  @Test
  void theRulesSeeTheWholeHouse() {
    for (var service : SERVICES.keySet()) {
      assertThat(CLASSES.that(resideInAPackage("io.tokenwarden." + service + ".."))).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "gateway", "refresher", "sync", "notifier"})
  void aServiceNeverDependsOnAnotherServicesCode(String service) {
    var others =
        SERVICES.keySet().stream()
            .filter(other -> !other.equals(service))
            .map(other -> "io.tokenwarden." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.tokenwarden." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .because("services meet on Kafka (contracts) or on HTTP")
        .check(CLASSES);
  }

  @Test
  void httpBetweenServicesRunsOneWayOnly() {
    noClasses()
        .that()
        .resideInAnyPackage("io.tokenwarden.auth..", "io.tokenwarden.notifier..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.microprofile.rest.client..")
        .because("auth-service and notifier call no service")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tokenwarden.auth..", "io.tokenwarden.gateway..", "io.tokenwarden.notifier..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tokenwarden.graphclient..")
        .because("only sync-worker and token-refresher read through graph-gateway")
        .check(CLASSES);
    assertThat(restClientKeys("gateway")).containsExactly("auth-service");
    assertThat(restClientKeys("refresher")).containsExactly("auth-service");
    assertThat(restClientKeys("sync")).isEmpty();
    assertThat(restClientKeys("graphclient")).containsExactly("graph-gateway");
  }

  private static Set<String> restClientKeys(String module) {
    return CLASSES.that(resideInAPackage("io.tokenwarden." + module + "..")).stream()
        .flatMap(type -> type.getAnnotations().stream())
        .filter(annotation -> annotation.getRawType().getSimpleName().equals("RegisterRestClient"))
        .map(annotation -> annotation.get("configKey").map(Object::toString).orElse("(none)"))
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void onlyAuthServiceAnnouncesHealth() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tokenwarden.auth..", "io.tokenwarden.contracts..")
        .should()
        .callConstructorWhere(makes(ConnectionEvent.class).or(makes(AssetEvent.class)))
        .because("one writer: everybody else sends evidence")
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaConstructorCall> makes(Class<?> family) {
    return describe(
        "makes a " + family.getSimpleName(), call -> call.getTargetOwner().isAssignableTo(family));
  }

  @Test
  void onlyTheGatewayAndAuthServiceKnowWhereMetaIs() {
    var metaConfigs =
        CLASSES.stream()
            .filter(type -> type.getSimpleName().equals("MetaConfig"))
            .map(JavaClass::getPackageName)
            .toList();
    assertThat(metaConfigs)
        .isNotEmpty()
        .allMatch(name ->
            name.startsWith("io.tokenwarden.auth") || name.startsWith("io.tokenwarden.gateway"));
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.tokenwarden.auth.meta..",
            // the operator's key, which may be on a server of its own; knows no address of Meta's
            "io.tokenwarden.auth.vault.kek..",
            "io.tokenwarden.gateway.call..",
            "io.tokenwarden.sync.gateway..",
            "io.tokenwarden.refresher..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.vertx.ext.web.client..",
                "io.vertx.mutiny.ext.web.client..",
                "java.net.http..",
                "org.apache.http.."))
        .because("only graph-gateway (data) and auth-service (OAuth, inspection) call Meta")
        .check(CLASSES);
  }

  @Test
  void aSecretIsRevealedInTheVaultAndInTheCallThatLeaves() {
    classes()
        .that(callRevealSecret())
        .should()
        .resideInAnyPackage(
            "io.tokenwarden.graph..",
            "io.tokenwarden.auth.vault..",
            "io.tokenwarden.auth.meta..",
            "io.tokenwarden.auth.app..",
            "io.tokenwarden.auth.lease..",
            "io.tokenwarden.gateway.call..",
            "io.tokenwarden.gateway.answer..")
        .because("a secret that is read anywhere else will be written down there some day")
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> callRevealSecret() {
    return describe(
        "reveal a secret",
        type ->
            type.getAccessesFromSelf().stream()
                .map(JavaAccess::getName)
                .anyMatch("revealSecret"::equals));
  }

  @Test
  void timeComesFromAnInjectedClock() {
    for (var type :
        List.of(
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class)) {
      noClasses().should().callMethod(type, "now").check(CLASSES);
    }
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    noClasses()
        .that()
        .doNotHaveSimpleName("ClockProducer")
        .should()
        .callMethod(Clock.class, "systemUTC")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"contracts", "graph"})
  void theSharedLanguagesKnowNoFramework(String library) {
    noClasses()
        .that()
        .resideInAPackage("io.tokenwarden." + library + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "jakarta..",
            "io.smallrye..",
            "io.vertx..",
            "org.hibernate..",
            "org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void aRecordHandlerCallsNobody() {
    noClasses()
        .that()
        .implement("io.tokenwarden.outbox.EventHandler")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.eclipse.microprofile.rest.client..",
                "io.vertx.ext.web.client..",
                "io.vertx.mutiny.ext.web.client..",
                "io.tokenwarden.auth.meta..",
                "io.tokenwarden.sync.gateway.."))
        .because("a handler is one database transaction; what takes long is a row")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connection", "verdict"})
  void whatDecidesKnowsNeitherDatabaseNorWire(String rules) {
    noClasses()
        .that()
        .resideInAPackage("io.tokenwarden.auth." + rules)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.smallrye.mutiny..",
            "io.quarkus..",
            "io.vertx..",
            "jakarta.inject..",
            "jakarta.enterprise..",
            "jakarta.ws.rs..",
            "io.tokenwarden.auth.judge..",
            "io.tokenwarden.auth.registry..")
        .because("rules are tested alone, to the last mutant")
        .check(CLASSES);
  }
}
