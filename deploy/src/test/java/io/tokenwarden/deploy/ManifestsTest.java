package io.tokenwarden.deploy;

import static io.tokenwarden.deploy.Rendered.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TopicSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Renders `deploy/base` as `kubectl` does and looks at what Kubernetes would be given. Skipped
/// where there is no kubectl.
class ManifestsTest {
  private static final Pattern SECRET_NAME =
      Pattern.compile("SECRET|PASSWORD|PRIVATE|CREDENTIAL|API_KEY", Pattern.CASE_INSENSITIVE);

  private static Rendered rendered;

  @BeforeAll
  static void render() {
    var kubectl = Rendered.kubectl();
    assumeTrue(kubectl.isPresent(), "kubectl is not on the PATH: the manifests are not rendered");
    rendered = Rendered.by(kubectl.get(), Folder.DEPLOY.resolve("base"));
  }

  @Test
  void deploysTheFiveServicesAndNothingElse() {
    assertThat(rendered.all("Deployment").map(Rendered::name))
        .containsExactlyInAnyOrderElementsOf(ids());
    assertThat(rendered.all("PodDisruptionBudget").map(Rendered::name))
        .containsExactlyInAnyOrderElementsOf(ids());
  }

  private static List<String> ids() {
    return Arrays.stream(Service.values()).map(Service::id).toList();
  }

  @ParameterizedTest
  @EnumSource
  void asksEachServiceHowItIs(Service service) {
    var container = container(service);
    var port = container.at("/ports/0/name").asText();
    for (var probe : List.of("startup:started", "liveness:live", "readiness:ready")) {
      var parts = probe.split(":");
      var get = container.path(parts[0] + "Probe").path("httpGet");
      assertThat(get.path("path").asText()).as(probe).isEqualTo("/q/health/" + parts[1]);
      assertThat(get.path("port").asText()).as(probe).isEqualTo(port);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatEachServiceNeeds(Service service) {
    var resources = container(service).path("resources");
    assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
    assertThat(resources.at("/requests/memory").asText()).isNotEmpty();
    assertThat(resources.at("/limits/memory").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void givesNoServiceMorePowerThanItNeeds(Service service) {
    // given
    var pod = deployment(service).at("/spec/template/spec");
    var container = container(service).path("securityContext");

    // then
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.path("serviceAccountName").asText()).isEqualTo(service.id());
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.path("privileged").asBoolean(false)).isFalse();
    assertThat(each(container.at("/capabilities/drop")).map(JsonNode::asText)).contains("ALL");
    assertThat(container.at("/capabilities/add").isMissingNode()).isTrue();
    assertThat(account(service).path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  private static JsonNode account(Service service) {
    return rendered.find("ServiceAccount", service.id()).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void namesSecretsAndHoldsNone(Service service) {
    assertThat(each(container(service).path("env")))
        .filteredOn(variable -> SECRET_NAME.matcher(variable.path("name").asText()).find())
        .isNotEmpty()
        .allSatisfy(variable -> {
          assertThat(variable.has("value")).as(variable.path("name").asText()).isFalse();
          assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isNotEmpty();
        });
  }

  @Test
  void createsNoSecretsAndPutsNoneIntoSettings() {
    assertThat(rendered.all("Secret")).isEmpty();
    assertThat(rendered.all("ConfigMap").flatMap(ManifestsTest::settings))
        .isNotEmpty()
        .noneMatch(name -> SECRET_NAME.matcher(name).find());
  }

  private static Stream<String> settings(JsonNode map) {
    return map.path("data").properties().stream().map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @EnumSource
  void givesEachServiceItsOwnSchemaAndRole(Service service) {
    // given
    var role = value(service, "QUARKUS_DATASOURCE_USERNAME");

    // then
    assertThat(value(service, "QUARKUS_DATASOURCE_REACTIVE_URL"))
        .endsWith("/tokenwarden?search_path=" + role);
    assertThat(value(service, "QUARKUS_DATASOURCE_JDBC_URL"))
        .endsWith("/tokenwarden?currentSchema=" + role);
    assertThat(each(container(service).path("env")).findFirst())
        .as("what $(POSTGRES) refers to comes before it")
        .hasValueSatisfying(first -> assertThat(first.path("name").asText()).isEqualTo("POSTGRES"));
  }

  private static String value(Service service, String variable) {
    return each(container(service).path("env"))
        .filter(one -> variable.equals(one.path("name").asText()))
        .map(one -> one.path("value").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void routesOnlyToServicesThatAreThere() {
    var backends =
        rendered
            .all("Ingress")
            .flatMap(ingress -> each(ingress.at("/spec/rules")))
            .flatMap(rule -> each(rule.at("/http/paths")))
            .map(path -> path.at("/backend/service/name").asText())
            .distinct()
            .toList();
    assertThat(rendered.all("Service").map(Rendered::name)).containsAll(backends);
    assertThat(backends).containsAll(ids());
  }

  @Test
  void keepsCredentialsAndMetricsInsideTheCluster() {
    assertThat(rendered.all("Ingress").flatMap(ingress -> each(ingress.at("/spec/rules"))))
        .allSatisfy(rule ->
            assertThat(each(rule.at("/http/paths")))
                .filteredOn(path -> path.path("path").asText().matches("/auth/internal|/q"))
                .singleElement()
                .satisfies(path ->
                    assertThat(path.at("/backend/service/name").asText()).isEqualTo("nowhere")));
    var nowhere = rendered.find("Service", "nowhere").orElseThrow();
    assertThat(nowhere.path("spec").has("selector")).isFalse();
  }

  @Test
  void createsEveryTopicOfTheTable() {
    assertThat(rendered.all("KafkaTopic").map(Rendered::name))
        .containsExactlyInAnyOrderElementsOf(
            TopicSpec.all().stream().map(TopicSpec::name).toList());
  }

  private static JsonNode deployment(Service service) {
    return rendered.find("Deployment", service.id()).orElseThrow();
  }

  private static JsonNode container(Service service) {
    var containers = deployment(service).at("/spec/template/spec/containers");
    assertThat(containers).hasSize(1);
    return containers.get(0);
  }
}
