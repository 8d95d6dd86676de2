package io.tokenwarden.cli.audit;

import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.Exit;
import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.stack.StackInfo;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
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

  private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}:[0-9a-f]{64}");

  @Option(
      names = "--from",
      paramLabel = "POSITION:HASH",
      description =
          "A place that was noted down: the log before it is taken to be right, and must"
              + " lead there. Default: the start of the log.")
  private String from;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (from != null && !PLACE.matcher(from).matches()) {
      throw new ParameterException(spec.commandLine(), "--from is POSITION:HASH");
    }
    var stack = Checkout.runningStack();
    try (var service = new Verifications(address(stack), bearer(stack))) {
      return tell(Walk.along(from, service::from));
    } catch (Verifications.NotAuthorisedException refused) {
      say(refused.getMessage());
      return Exit.NOT_AUTHORISED;
    }
  }

  private static String address(StackInfo stack) {
    return stack.service("auth-service");
  }

  private static String bearer(StackInfo stack) {
    return new Bearers(stack.issuer()).of("cli", List.of("security-admin"), List.of("*"));
  }

  private int tell(Walk walk) {
    walk.unsealed().ifPresent(this::say);
    return walk.broken().map(broken -> broken(walk, broken)).orElseGet(() -> intact(walk));
  }

  private int intact(Walk walk) {
    out("intact, %d entries through %s".formatted(walk.checked(), walk.through()));
    return Exit.OK;
  }

  private int broken(Walk walk, String broken) {
    out("broken at " + broken);
    say("Right through " + walk.through());
    return Exit.ERROR;
  }

  private void out(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
