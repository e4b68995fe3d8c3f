package dev.slipway.sshd;

import dev.slipway.core.call.Foreground;
import dev.slipway.core.call.Gate;
import dev.slipway.core.call.Streams;
import dev.slipway.core.process.Programs;
import dev.slipway.core.sshkeys.Admission;
import dev.slipway.core.store.Roots;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.session.Session;

/** What all calls of the door have in common: where they go, what they are given. */
final class SshCalls {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Gate gate;
  private final Programs programs;
  private final Roots roots;
  private final Optional<Path> launcher;
  private final RunningCalls running = new RunningCalls();

  SshCalls(Gate gate, Programs programs, Roots roots, Optional<Path> launcher) {
    this.gate = gate;
    this.programs = programs;
    this.roots = roots;
    this.launcher = launcher;
  }

  Gate gate() {
    return gate;
  }

  String user() {
    return roots.systemUser();
  }

  Path root() {
    return roots.dokkuRoot();
  }

  Optional<Path> launcher() {
    return launcher;
  }

  /** Where the pipes of standard inputs have their names. */
  Path inputFolder() {
    return roots.run().resolve("ssh");
  }

  Foreground piped(Streams streams) {
    return program -> programs.run(program, streams);
  }

  Thread start(Runnable call) {
    return running.start(call);
  }

  RunningCalls running() {
    return running;
  }

  /** What sshd would give: the account, where the client is, and what it may ask for. */
  Map<String, String> environment(DoorChannel channel, Admission.Admitted who) {
    Map<String, String> all = new LinkedHashMap<>(channel.variables());
    all.put("USER", user());
    all.put("LOGNAME", user());
    all.put("HOME", root().toString());
    all.put("PATH", PATH);
    all.put("SHELL", "/bin/bash");
    all.put("NAME", who.name());
    all.put("FINGERPRINT", who.fingerprint());
    if (channel.console().isPresent()) {
      all.put("TERM", channel.console().get().type());
      all.put("SSH_TTY", "/dev/tty");
    }
    addAddresses(channel.getSession(), all);
    return all;
  }

  private static void addAddresses(Session session, Map<String, String> all) {
    if (session.getIoSession().getRemoteAddress() instanceof InetSocketAddress remote
        && session.getIoSession().getLocalAddress() instanceof InetSocketAddress local) {
      String from = remote.getAddress().getHostAddress() + " " + remote.getPort();
      all.put("SSH_CLIENT", from + " " + local.getPort());
      all.put(
          "SSH_CONNECTION",
          from + " " + local.getAddress().getHostAddress() + " " + local.getPort());
    }
  }
}
