package io.tokenwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String realHome;

  @BeforeEach
  void standInAnEmptyCheckout() {
    realHome = System.setProperty("tokenwarden.home", home.toString());
  }

  @AfterEach
  void goBack() {
    System.setProperty("tokenwarden.home", realHome);
  }

  @Test
  void neverGivesTheRoleOfTheGateway() {
    // when
    int exit = run("token", "--role", "operator,gateway");

    // then
    assertThat(exit).isEqualTo(Exit.WRONG_USE);
    assertThat(err.toString()).contains("gateway").contains("never given out");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void namesTheRolesThereAre() {
    // when
    int exit = run("token", "--role", "king");

    // then
    assertThat(exit).isEqualTo(Exit.WRONG_USE);
    assertThat(err.toString()).contains("king").contains("viewer").doesNotContain("gateway");
  }

  @Test
  void saysThatNoStackIsUp() {
    // when
    int exit = run("token", "--role", "operator", "--workspace", "demo");

    // then
    assertThat(exit).isEqualTo(Exit.ERROR);
    assertThat(err.toString()).contains("No stack is up").contains("./tokenwarden up");
  }

  @Test
  void asksBeforeItDeletes() {
    // when
    int exit = run("reset");

    // then
    assertThat(exit).isEqualTo(Exit.WRONG_USE);
    assertThat(err.toString()).contains("--yes");
  }

  private int run(String... arguments) {
    return Tokenwarden.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
