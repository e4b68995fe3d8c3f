package dev.slipway.core.git.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.process.Programs;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitAccessTest {
  @TempDir private Path folder;

  private TestInstallation installation;
  private GitAccess access;

  private final RecordedCall recorded = new RecordedCall(Map.of("PATH", "/usr/bin:/bin"));
  private final Call call = recorded.call();

  @BeforeEach
  void prepare() {
    installation = new TestInstallation(folder);
    installation.files.createDirectories(installation.roots.dokkuRoot());
    access = new GitAccess(installation.roots, installation.files, new Programs(Optional.empty()));
  }

  private Path netrc() {
    return installation.roots.dokkuRoot().resolve(".netrc");
  }

  @Test
  void aLoginIsStoredForNobodyElseToReadAndRemovedAgain() throws IOException {
    access.auth(call, List.of("git.test", "ann", "secret"));

    assertThat(Files.readString(netrc())).isEqualTo("machine git.test login ann password secret\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(netrc())))
        .isEqualTo("rw-------");
    assertThat(access.authStatus(call, List.of("git.test", "ann", "secret"))).isZero();
    assertThat(access.authStatus(call, List.of("git.test", "ann", "other"))).isEqualTo(1);
    assertThat(access.authStatus(call, List.of("git.test"))).isEqualTo(1);

    access.auth(call, List.of("git.test"));
    assertThat(access.authStatus(call, List.of("git.test"))).isZero();
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Setting netrc auth entry for host git.test
            -----> Removing netrc auth entry for host git.test
            """);
  }

  @Test
  void thePasswordIsTheFirstLineOfTheInputAndTheRestStaysThere() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream("secret\nmore".getBytes(UTF_8));
    Call piped =
        call.piped(
            in, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), (p, s) -> 0);

    access.auth(piped, List.of("git.test", "ann"));

    assertThat(Files.readString(netrc())).contains("password secret\n");
    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("more");
    assertThatThrownBy(() -> access.auth(call, List.of("git.test", "ann")))
        .isInstanceOf(UserError.class)
        .hasMessage("Missing password for netrc auth entry");
  }

  @Test
  void hostsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> access.auth(call, List.of())).hasMessage("Please supply a git host");
    assertThatThrownBy(() -> access.allowHost(call, List.of()))
        .hasMessage("Please supply a git host");
    for (String host : List.of("-f/etc/passwd", "a b", "a;id", "a\nb", "../x")) {
      assertThatThrownBy(() -> access.allowHost(call, List.of(host)))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("Invalid git host");
    }
  }

  @Test
  void aDeployKeyIsMadeOnceAndShown() {
    assertThatThrownBy(() -> access.printPublicKey(call))
        .hasMessage(
            """
            There is no deploy key associated with the dokku user.
            Generate an ssh key with the following command:
              dokku git:generate-deploy-key
            As an alternative, configure the netrc authentication via the git:auth command""");

    access.generateDeployKey(call);
    RecordedCall again = new RecordedCall();
    access.generateDeployKey(again.call());
    RecordedCall shown = new RecordedCall();
    access.printPublicKey(shown.call());

    assertThat(again.out()).isEqualTo(" !     A deploy key already exists for this host\n");
    assertThat(shown.out()).startsWith("ssh-ed25519 ").contains(" dokku@").endsWith("\n");
    assertThat(installation.roots.dokkuRoot().resolve(".ssh/id_ed25519")).exists();
  }
}
