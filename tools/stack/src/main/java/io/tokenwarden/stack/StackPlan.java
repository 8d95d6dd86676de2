package io.tokenwarden.stack;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.IssuerSettings;
import io.tokenwarden.embedded.KafkaSettings;
import io.tokenwarden.embedded.Parts;
import io.tokenwarden.embedded.Password;
import io.tokenwarden.embedded.PostgresAddress;
import io.tokenwarden.embedded.PostgresSettings;
import io.tokenwarden.embedded.Schemas;
import io.tokenwarden.embedded.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a stack consists of, worked out before anything is started.
///
/// @param foundation what the services stand on
/// @param services the product
record StackPlan(
    PortPlan ports,
    LocalSecrets secrets,
    MetaChoice meta,
    StackFolder folder,
    LogFiles logs,
    List<Part> foundation,
    List<Part> services) {

  private static final String TWIN = "meta-twin";

  /// @param say told what a person should know
  /// @throws StackException if something is not built or the settings contradict each other
  static StackPlan of(StackSettings settings, Consumer<String> say) {
    var folder = settings.folder();
    var secrets = LocalSecrets.at(folder.secrets());
    var meta = MetaChoice.of(settings.environment(), secrets);
    requireBuilt(settings.home(), meta);
    var keyset = new VaultKeyset(folder.keyset());
    keyset.ensure();
    var choice = PortChoice.local();
    var ports = PortPlan.choose(choice, settings.usualPorts());
    choice.notices().forEach(say);
    var parts = new PartList(settings, folder, secrets, meta, keyset, ports);
    return new StackPlan(
        ports,
        secrets,
        meta,
        folder,
        new LogFiles(folder.logs(), LogFiles.DEFAULT_LIMIT),
        parts.foundation(),
        parts.services());
  }

  private static void requireBuilt(Path home, MetaChoice meta) {
    List<Path> jars = new ArrayList<>();
    for (var plan : ServicePlan.all()) {
      jars.add(jarOf(home, plan.id()));
    }
    if (meta instanceof MetaChoice.Twin) {
      jars.add(jarOf(home, "tools/" + TWIN));
    }
    var missing = jars.stream().filter(jar -> !Files.exists(jar)).map(home::relativize).toList();
    if (!missing.isEmpty()) {
      throw new StackException("Not built: " + missing + ". Run ./tokenwarden up, which builds.");
    }
  }

  private static Path jarOf(Path home, String module) {
    return home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /// The names of all processes.
  List<String> processes() {
    List<String> names = new ArrayList<>();
    foundation.forEach(part -> names.add(part.name()));
    services.forEach(part -> names.add(part.name()));
    return names;
  }

  StackInfo info(Map<String, Long> pids) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (var service : Service.values()) {
      addresses.put(service.id(), ports.address(service));
    }
    return new StackInfo(
        ports.console(),
        addresses,
        ports.kafkaAddress(),
        new StackInfo.Database(
            "postgresql://localhost:" + ports.postgres() + "/" + Schemas.DATABASE,
            PostgresAddress.SUPERUSER,
            secrets.superuser()),
        ports.issuerAddress(),
        meta instanceof MetaChoice.Twin ? ports.twinAddress() : null,
        pids,
        folder.logs().toString());
  }

  /// Makes the parts.
  private record PartList(
      StackSettings settings,
      StackFolder folder,
      LocalSecrets secrets,
      MetaChoice meta,
      VaultKeyset keyset,
      PortPlan ports) {

    List<Part> foundation() {
      List<Part> all = new ArrayList<>();
      all.add(postgres());
      all.add(kafka());
      all.add(issuer());
      if (meta instanceof MetaChoice.Twin twin) {
        all.add(twin(twin));
      }
      return all;
    }

    private Parts parts() {
      return new Parts(settings.home());
    }

    private Part postgres() {
      var superuser = new Password(secrets.superuser());
      var address = new PostgresAddress(ports.postgres(), superuser);
      return Part.postgres(
          parts(),
          new PostgresSettings(
              folder.postgres(),
              parts().cache(),
              ports.postgres(),
              superuser,
              folder.log("postgres")),
          () -> Schemas.create(address, secrets.rolePasswords()));
    }

    private Part kafka() {
      return Part.kafka(
          parts(),
          new KafkaSettings(folder.kafka(), ports.kafka(), folder.log("kafka")),
          () -> Topics.createAll(ports.kafkaAddress()));
    }

    private Part issuer() {
      return Part.issuer(
          parts(), new IssuerSettings(folder.issuer(), ports.issuer(), folder.log("issuer")));
    }

    private Part twin(MetaChoice.Twin twin) {
      Map<String, String> environment = new HashMap<>(twin.app());
      environment.put("TWIN_DATA", folder.twin().toString());
      environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
      environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.twin()));
      return app(TWIN, "tools/" + TWIN, "96m", ports.twinAddress(), "/", environment);
    }

    List<Part> services() {
      var environment = new ServiceEnvironment(secrets, keyset, meta, settings.environment());
      return ServicePlan.all().stream()
          .map(plan ->
              app(
                  plan.id(),
                  plan.id(),
                  plan.heap(),
                  ports.address(plan.service()),
                  "/q/health/ready",
                  environment.of(plan, ports.services().get(plan.service()), ports.neighbours())))
          .toList();
    }

    private Part app(
        String name,
        String module,
        String heap,
        String address,
        String readiness,
        Map<String, String> environment) {
      return new QuarkusApp(
          name,
          jarOf(settings.home(), module),
          heap,
          address,
          readiness,
          environment,
          folder.log(name));
    }
  }
}
