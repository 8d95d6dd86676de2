package io.tokenwarden.cli;

import io.tokenwarden.embedded.Bearers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Prints a bearer token of the local issuer, for scripts and curl.
@Command(
    name = "token",
    description = "Print a bearer token of the running local stack, valid for an hour.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

  private static final Set<String> ROLES =
      Set.of("viewer", "operator", "replayer", "security-admin", "service");

  @Option(
      names = "--role",
      split = ",",
      defaultValue = "viewer",
      paramLabel = "ROLE",
      description =
          "viewer, operator, replayer, security-admin, service; several by comma."
              + " Default: ${DEFAULT-VALUE}.")
  private List<String> roles;

  @Option(
      names = "--workspace",
      split = ",",
      defaultValue = "demo",
      paramLabel = "WORKSPACE",
      description = "Which workspaces the bearer sees; * for all. Default: ${DEFAULT-VALUE}.")
  private List<String> workspaces;

  @Option(
      names = "--subject",
      defaultValue = "cli",
      description = "Who the bearer is. Default: ${DEFAULT-VALUE}.")
  private String subject;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    roles.forEach(this::requireGrantable);
    var bearers = new Bearers(Checkout.runningStack().issuer());
    spec.commandLine().getOut().println(bearers.of(subject, roles, workspaces));
    return Exit.OK;
  }

  private void requireGrantable(String role) {
    if (role.equals("gateway")) {
      throw wrongUse(
          "The role gateway is never given out: whoever holds it can lease access tokens, so"
              + " graph-gateway alone has it.");
    }
    if (!ROLES.contains(role)) {
      throw wrongUse(
          "No role is called '"
              + role
              + "'; there are "
              + String.join(", ", ROLES.stream().sorted().toList()));
    }
  }

  private ParameterException wrongUse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
