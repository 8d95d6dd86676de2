package io.tokenwarden.cli.audit;

import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.Exit;
import io.tokenwarden.cli.services.ServiceClient;
import io.tokenwarden.cli.terminal.Output;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tokenwarden audit verify`. Exit 0 if the log is intact, 1 if it is not, 4 if one may not ask.
@Command(
    name = "verify",
    description = {
      "Compute the hash chain of the audit log anew and compare.",
      "Prints how far it is right, POSITION:HASH: note it down somewhere else, and give it to --from"
          + " the next time. Exit 1 names the first entry that is wrong."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private static final String VERIFICATION = "/auth/audit/verification";
  private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}:[0-9a-f]{64}");

  @Option(
      names = "--from",
      paramLabel = "POSITION:HASH",
      description =
          "A place that was noted down: the log before it is taken to be right, and must"
              + " lead there. Default: the start of the log.")
  private String from;

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (from != null && !PLACE.matcher(from).matches()) {
      throw new ParameterException(spec.commandLine(), "--from is POSITION:HASH");
    }
    try (var service = ServiceClient.ofAuth(Checkout.runningStack())) {
      return tell(Walk.along(from, place -> service.get(address(place))));
    }
  }

  private static String address(String place) {
    return VERIFICATION + Optional.ofNullable(place).map(it -> "?after=" + it).orElse("");
  }

  private int tell(Walk walk) {
    walk.unsealed().ifPresent(output::say);
    var broken = walk.broken();
    if (broken.isEmpty()) {
      output.tell(
          "intact, %d entries through %s".formatted(walk.checked(), walk.through()), walk.data());
      return Exit.OK;
    }
    output.tell("broken at " + broken.get(), walk.data());
    output.say("Right through " + walk.through());
    return Exit.ERROR;
  }
}
